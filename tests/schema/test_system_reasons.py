"""What the system says of a file is told in the reader's language, and never lost."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from schema.errors import OutputError
from schema.system_reasons import _indonesian, reason_of


@pytest.mark.parametrize(
    ("name", "id", "en"),
    [
        ("tiada.pdf", "tidak ada berkas atau folder seperti itu", "No such file or directory"),
        (".", "itu sebuah folder", "Is a directory"),
        ("x" * 300, "namanya terlalu panjang", "File name too long"),
    ],
)
def test_the_system_s_reason_is_said_in_both_languages(tmp_path: Path, name: str, id: str, en: str) -> None:
    with pytest.raises(OSError, match=en) as told:
        (tmp_path / name).read_bytes()
    assert (reason_of(told.value).id, reason_of(told.value).en) == (id, en)


def test_a_reason_without_a_word_of_ours_is_said_as_it_is() -> None:
    assert reason_of(OSError(0, "the bucket\nis gone")).id == "the bucket is gone"
    assert reason_of(OSError(errno.EL2HLT, "Level 2 halted")).id == "Level 2 halted"
    assert reason_of(ValueError()).en == "ValueError"


def test_an_error_of_ours_says_what_caused_it() -> None:
    error = OutputError(id="Tidak dapat ditulis.", en="It cannot be written.")
    assert reason_of(error) == error.message
    error.__cause__ = PermissionError(errno.EACCES, "Permission denied")
    assert reason_of(error).id == "izin ditolak"


def test_each_name_is_one_of_an_error_number() -> None:
    assert set(_indonesian()) <= set(errno.errorcode.values())
