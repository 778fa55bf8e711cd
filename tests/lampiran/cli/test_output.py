"""The output folder is checked before anything is read, and the check leaves nothing behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lampiran.cli.output import check_output, check_place
from lampiran.cli.texts import Texts
from schema.errors import OutputError

TEXTS = Texts("en")


def test_folder_that_does_not_exist_yet_is_fine_and_is_not_made(tmp_path: Path) -> None:
    check_output(tmp_path / "new" / "deep", TEXTS)
    assert list(tmp_path.iterdir()) == []


def test_existing_folder_is_left_as_it_is(tmp_path: Path) -> None:
    check_output(tmp_path, TEXTS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("below", [".", "deeper/still"])
def test_file_in_the_way_is_refused(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(OutputError, match="is a file, not a folder"):
        check_output(tmp_path / "file" / below, TEXTS)
    assert (tmp_path / "file").read_text() == "kept"


def test_dangling_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(OutputError):
        check_output(tmp_path / "link", TEXTS)
    with pytest.raises(OutputError):
        check_place(tmp_path / "link", TEXTS)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs /proc, which nobody can write")
def test_unwritable_ground_is_refused() -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        check_output(Path("/proc/lampiran/out"), TEXTS)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_without_permission_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            check_output(tmp_path / "out", TEXTS)
    finally:
        tmp_path.chmod(0o755)


def test_folder_of_a_decree_may_exist_but_not_as_a_file(tmp_path: Path) -> None:
    check_place(tmp_path, TEXTS)
    check_place(tmp_path / "new", TEXTS)
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError) as raised:
        check_place(tmp_path / "file", TEXTS)
    assert "bukan folder" in raised.value.text("id")
