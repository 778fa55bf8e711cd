"""Courses of rulings give the bend of the paper, also where pieces are missing or do not belong."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.scan.model import Points
from extract.scan.traces import Courses, level_courses, upended_courses
from extract.scan.warp import fitted


def off(places: Points, bulge: float, phase: float) -> Points:
    return np.asarray(
        bulge * np.sin(2 * np.pi * 0.9 * places[:, 0] / 1170 + phase) + 0.004 * (places[:, 0] - 585)
    )


def courses(bulge: float, phase: float, *, gaps: bool = False) -> Courses:
    """Nine bent rulings; with `gaps` each is broken in three."""
    places, owner, count = [], [], 0
    for y in np.linspace(200, 700, 9):
        for start, end in [(100, 360), (420, 700), (760, 1080)] if gaps else [(100, 1080)]:
            x = np.arange(start, end, 8.0)
            flat = np.column_stack([x, np.full(len(x), y)])
            places.append(flat + np.column_stack([np.zeros(len(x)), off(flat, bulge, phase)]))
            owner.append(np.full(len(x), count))
            count += 1
    return Courses(np.vstack(places), np.concatenate(owner).astype(np.intp), count)


def spread_of_lines(found: Courses, along: int = 0) -> float:
    """The most that any straightened ruling still leaves its line, in pixels."""
    bend = fitted(found, along)
    straight = found.places.copy()
    for _ in range(4):
        straight[:, 1 - along] = found.places[:, 1 - along] - bend.at(straight)
    return max(float(np.ptp(straight[found.owner == index, 1 - along])) for index in range(found.count))


@settings(max_examples=20, deadline=None)
@given(st.floats(-6, 6), st.floats(0, 6.2), st.booleans())
def test_bent_rulings_become_straight(bulge: float, phase: float, gaps: bool) -> None:
    assert spread_of_lines(courses(bulge, phase, gaps=gaps)) < 0.3


def test_upright_rulings_are_bent_back_the_same_way() -> None:
    level = courses(4.0, 1.0)
    upright = Courses(np.ascontiguousarray(level.places[:, ::-1]), level.owner, level.count)
    assert spread_of_lines(upright, along=1) < 0.3


def test_a_course_that_is_no_ruling_does_not_spoil_the_bend() -> None:
    good = courses(4.0, 0.5)
    x = np.arange(300.0, 420.0, 8.0)
    wrong = np.column_stack([x, 430 + 0.25 * (x - 300)])
    places = np.vstack([good.places, wrong])
    owner = np.append(good.owner, np.full(len(x), good.count)).astype(np.intp)
    bend = fitted(Courses(places, owner, good.count + 1), 0)
    line = np.column_stack([np.linspace(120, 1060, 30), np.full(30, 450.0)])
    assert np.ptp(off(line, 4.0, 0.5) - bend.at(line)) < 0.8


def test_a_page_without_rulings_is_not_bent() -> None:
    none = Courses(np.zeros((0, 2)), np.zeros(0, dtype=np.intp), 0)
    assert fitted(none, 0).at(np.array([[10.0, 20.0]])) == pytest.approx([0.0])


def test_hairlines_much_paler_than_ink_are_followed_and_letters_are_not() -> None:
    page = np.full((850, 1300), 255, dtype=np.uint8)
    for n in range(8):
        y = 100 + 80 * n
        for x in range(60, 1240):
            page[y + round(0.01 * x), x] = 236
    for n in range(60):
        page[140:146, 80 + 18 * n : 92 + 18 * n] = 60
    found = level_courses(page, 100.0)
    assert found.count == 8
    assert float(np.ptp(found.places[:, 1])) > 500
    assert not ((found.places[:, 1] > 138) & (found.places[:, 1] < 148) & (found.places[:, 0] < 400)).any()


def test_rulings_are_followed_through_a_shaded_head() -> None:
    page = np.full((850, 1300), 255, dtype=np.uint8)
    page[100:180, 60:1240] = 200
    for n in range(12):
        x = 80 + 100 * n + np.round(0.02 * np.arange(600)).astype(int)
        page[np.arange(100, 700), x] = page[np.arange(100, 700), x + 1] = 40
    page[178:188] = 255  # where the head's rulings do not hang together with those below
    found = upended_courses(page, 100.0)
    inside = (found.places[:, 1] > 105) & (found.places[:, 1] < 175)
    assert len(set(found.owner[inside].tolist())) == 12


def test_rulings_are_followed_where_they_fade() -> None:
    page = np.full((850, 1300), 255, dtype=np.uint8)
    for n in range(12):
        page[100 + 50 * n, 60:800] = 150
        page[100 + 50 * n, 800:1240] = 232
    found = level_courses(page, 100.0)
    assert np.count_nonzero(found.places[:, 0] > 810) > 12 * 40
