"""A file is read once, without waiting, and is the same for all that comes after."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extract.held_file import NotAFileError, TooLargeFileError, held, read_whole
from schema.errors import InputError


def test_what_was_read_stays_whatever_becomes_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "naskah.txt"
    path.write_bytes(b"satu")
    file = held(path)
    path.write_bytes(b"dua")
    assert (file.read_bytes(), held(file).read_bytes(), str(file)) == (b"satu", b"satu", str(path))
    assert file == path
    assert os.fspath(file) == str(path)


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    out, into = os.pipe()
    os.write(into, b"isi")
    os.close(into)
    file = held(Path(f"/dev/fd/{out}"))
    os.close(out)
    assert file.read_bytes() == file.read_bytes() == b"isi"


def test_a_device_is_no_file() -> None:
    with pytest.raises(NotAFileError):
        read_whole(Path(os.devnull), 9)
    with pytest.raises(InputError, match="device or a socket"):
        held(Path(os.devnull))


def test_more_than_may_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "naskah.txt"
    path.write_bytes(b"x" * 10)
    with pytest.raises(TooLargeFileError):
        read_whole(path, 9)
    assert read_whole(path, 10) == b"x" * 10
