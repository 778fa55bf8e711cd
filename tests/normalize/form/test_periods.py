"""Labels over the time columns name months, quarters or semesters, in whatever way they are written."""

from __future__ import annotations

import pytest

from normalize import Resources
from normalize.form.naming import named_role
from normalize.form.periods import initials_in_order, label_periods

QUARTERS = ("I", "II", "III", "IV")
INITIALS = tuple("JFMAMJJASOND")
TWELVE = list(range(1, 13))


def under_quarters(labels: tuple[str, ...], style: str = "TW {}") -> list[list[str]]:
    return [["JADWAL", style.format(QUARTERS[n // 3]), label] for n, label in enumerate(labels)]


@pytest.mark.parametrize(
    ("stacks", "kind", "periods"),
    [
        ([["BULAN", label] for label in INITIALS], "month", TWELVE),
        (under_quarters(tuple(map(str, range(1, 13)))), "month", TWELVE),
        (under_quarters(INITIALS, "Triwulan {}"), "month", TWELVE),
        (under_quarters(("1", "2", "3") * 4), "month", TWELVE),
        ([["WAKTU", f"TRW {n}"] for n in QUARTERS], "quarter", [1, 2, 3, 4]),
        ([["TRIWULAN", n] for n in QUARTERS], "quarter", [1, 2, 3, 4]),
        ([["WAKTU", "Semester I"], ["WAKTU", "Semester II"]], "semester", [1, 2]),
        ([["SEMESTER", "1"], ["SEMESTER", "2"]], "semester", [1, 2]),
        ([["WAKTU", "SMT 1"], ["WAKTU", "SMT 2"]], "semester", [1, 2]),
        ([["WAKTU", f"ke-{n}"] for n in "abcd"], "month", [None] * 4),
    ],
)
def test_labels_name_their_periods(
    stacks: list[list[str]], kind: str, periods: list[int | None], resources: Resources
) -> None:
    assert label_periods(stacks, resources.form) == (kind, periods)


def test_initials_in_another_order_are_no_months(resources: Resources) -> None:
    assert initials_in_order(tuple("FJMAMJJASOND"), resources.form) is None


@pytest.mark.parametrize("label", ["AGU", "Mei", "V", "12"])
def test_the_name_of_a_month_is_no_misread_name_of_a_column(label: str, resources: Resources) -> None:
    assert named_role(label, resources.form, recognised=True) == "unknown"
