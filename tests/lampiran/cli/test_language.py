"""The language of messages: flag, then LAMPIRAN_LANG, then the locale."""

from __future__ import annotations

import pytest

from lampiran.cli.app import asked_language, run
from lampiran.language import language_of


@pytest.mark.parametrize(
    ("flag", "environment", "expected"),
    [
        ("id", {"LAMPIRAN_LANG": "en", "LANG": "en_US.UTF-8"}, "id"),
        (None, {"LAMPIRAN_LANG": "id", "LANG": "en_US.UTF-8"}, "id"),
        (None, {"LANG": "id_ID.UTF-8"}, "id"),
        (None, {"LC_MESSAGES": "id", "LANG": "en_GB"}, "id"),
        (None, {"LC_ALL": "en_GB.UTF-8", "LC_MESSAGES": "id_ID"}, "en"),
        (None, {"LANG": "C.UTF-8"}, "en"),
        (None, {"LAMPIRAN_LANG": "fr", "LANG": "id_ID"}, "id"),
        (None, {}, "en"),
    ],
)
def test_first_source_that_speaks_decides(
    flag: str | None, environment: dict[str, str], expected: str
) -> None:
    assert language_of(flag, environment) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["extract", "--lang", "id", "--help"], "id"),
        (["--lang=en", "findings"], "en"),
        (["extract", "--lang"], ""),
        (["extract", "file"], None),
    ],
)
def test_language_is_found_before_the_call_is_parsed(words: list[str], expected: str | None) -> None:
    assert asked_language(words) == expected


@pytest.mark.parametrize(
    "words", [["--lang", "id", "extract", "--help"], ["extract", "--lang", "id", "--help"]]
)
def test_help_is_indonesian_on_request(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 0
    shown = capsys.readouterr().out
    assert "Membaca keputusan" in shown
    assert "Folder hasil" in shown


def test_unknown_language_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["findings", "--lang", "fr"]) == 2
    assert "--lang" in capsys.readouterr().err
