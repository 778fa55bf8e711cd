import io

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from lampiran.publish.sheet_titles import sheet_titles


def test_long_forbidden_and_equal_names_become_titles() -> None:
    names = [
        "TIM MANAJEMEN PERUBAHAN",
        "TIM PENGUATAN KUALITAS PELAYANAN PUBLIK I",
        "TIM PENGUATAN KUALITAS PELAYANAN PUBLIK II",
        "Tim 1/2: [data]?*\\",
        "'History'",
        "",
        "temuan",
        "\x07\n",
    ]
    assert sheet_titles(names, ["Temuan"]) == [
        "TIM MANAJEMEN PERUBAHAN",
        "TIM PENGUATAN KUALITAS PELAYAN…",
        "TIM PENGUATAN KUALITAS PEL… (2)",
        "Tim 1 2 data",
        "History (2)",
        "-",
        "temuan (2)",
        "- (2)",
    ]


@given(st.lists(st.text(max_size=60), max_size=12))
def test_every_title_is_one_that_a_workbook_takes(names: list[str]) -> None:
    titles = sheet_titles(names, ["Rencana Aksi"])
    assert len({title.casefold() for title in [*titles, "Rencana Aksi"]}) == len(names) + 1
    book = openpyxl.Workbook()
    for title in titles:
        assert len(title.encode("utf-16-le")) <= 62
        assert not title.startswith("'")
        assert not title.endswith("'")
        book.create_sheet(title)
    target = io.BytesIO()
    book.save(target)
    assert openpyxl.load_workbook(io.BytesIO(target.getvalue())).sheetnames[1:] == titles
