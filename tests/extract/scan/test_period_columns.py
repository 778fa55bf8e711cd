"""What a page tells of its columns of periods reaches the pages behind it, in whatever order they are read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from extract.scan.period_columns import PagePeriods, PeriodColumns

MONTHS = PeriodColumns((0.0, 0.4, 0.55, 0.7, 0.85, 1.0), range(1, 5))


def test_columns_at_the_same_places_are_alike() -> None:
    assert MONTHS.is_like(PeriodColumns((0.0, 0.402, 0.55, 0.7, 0.849, 1.0), range(1, 5)))
    assert not MONTHS.is_like(PeriodColumns((0.0, 0.45, 0.55, 0.7, 0.849, 1.0), range(1, 5)))
    assert not MONTHS.is_like(PeriodColumns((0.0, 0.4, 0.7, 0.85, 1.0), range(1, 4)))


def test_a_page_knows_what_all_pages_before_it_told() -> None:
    first = PagePeriods()
    second = PagePeriods(first)
    third = PagePeriods(second)
    assert first.exchange([MONTHS]) == (MONTHS,)
    assert second.exchange([]) == (MONTHS,)
    assert third.exchange([MONTHS]) == (MONTHS,)


def test_a_page_that_ends_without_a_word_stops_none_behind_it() -> None:
    first = PagePeriods()
    second = PagePeriods(first)
    third = PagePeriods(second)
    first.exchange([MONTHS])
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(third.exchange, [])
        assert not waiting.done()
        second.close()
        assert waiting.result(timeout=30) == (MONTHS,)


def test_what_was_told_stays_when_the_page_ends() -> None:
    page = PagePeriods()
    page.exchange([MONTHS])
    page.close()
    assert page.known() == (MONTHS,)
