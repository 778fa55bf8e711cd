from collections.abc import Callable
from pathlib import Path

import pytest

from lampiran.diff.writing import FILE_NAMES, write_comparison
from schema.comparison import Comparison
from schema.errors import OutputError
from schema.plan import Action, Plan


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def comparisons(
    make_row: Callable[..., Action],
    make_plan: Callable[..., Plan],
    compared: Callable[[Plan, Plan], Comparison],
) -> tuple[Comparison, Comparison]:
    a, b, c = (make_plan(("Satu", [make_row("Rapat")]), year=year) for year in ("2024", "2025", "2026"))
    return compared(a, b), compared(b, c)


def test_a_comparison_is_the_whole_content_of_its_folder(
    comparisons: tuple[Comparison, Comparison], tmp_path: Path
) -> None:
    folder = tmp_path / "deep" / "diff"
    written = write_comparison(comparisons[0], folder)
    assert sorted(content(folder)) == sorted((*FILE_NAMES, "SHA256SUMS"))
    assert [path.name for path in written.files] == list(FILE_NAMES)
    assert list(folder.parent.iterdir()) == [folder]
    assert not [name for name, text in content(folder).items() if str(tmp_path).encode() in text]


def test_the_same_comparison_is_replaced_another_one_needs_force(
    comparisons: tuple[Comparison, Comparison], tmp_path: Path
) -> None:
    folder = tmp_path / "diff"
    write_comparison(comparisons[0], folder, language="en")
    before = content(folder)
    write_comparison(comparisons[0], folder, language="id")
    assert content(folder)["diff.html"] != before["diff.html"]
    before = content(folder)
    with pytest.raises(OutputError, match="other decrees"):
        write_comparison(comparisons[1], folder)
    assert content(folder) == before
    write_comparison(comparisons[1], folder, force=True)
    assert content(folder)["diff.json"] != before["diff.json"]


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", ["catatan.txt", "decree.json"])
def test_other_files_are_never_replaced(
    comparisons: tuple[Comparison, Comparison], tmp_path: Path, name: str, *, force: bool
) -> None:
    (tmp_path / name).write_text("{}", encoding="utf-8")
    with pytest.raises(OutputError, match="other files"):
        write_comparison(comparisons[0], tmp_path, force=force)
    assert content(tmp_path) == {name: b"{}"}


def test_a_broken_comparison_is_not_replaced(
    comparisons: tuple[Comparison, Comparison], tmp_path: Path
) -> None:
    (tmp_path / "diff.json").write_text("[]", encoding="utf-8")
    with pytest.raises(OutputError, match="other files"):
        write_comparison(comparisons[0], tmp_path, force=True)


def test_a_file_or_a_link_in_the_place_is_refused(
    comparisons: tuple[Comparison, Comparison], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(OutputError, match="no folder"):
            write_comparison(comparisons[0], tmp_path / name, force=True)
