"""`lampiran verify`: what it prints in both languages and as JSON, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from lampiran.cli.app import run
from schema.authenticity import Verification
from schema.jsonschema import verification_schema

SIGNED, PLAIN = "kpu-batang-2025.signed.pdf", "kpu-batang-2025.pdf"


@pytest.fixture
def altered(samples: Path, tmp_path: Path) -> Path:
    data = bytearray((samples / SIGNED).read_bytes())
    data[data.index(b"ReportLab")] ^= 1
    path = tmp_path / "altered.pdf"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["INTACT", "the whole file", "issuer not checked", "Every signature is intact (1)"]),
        ("id", ["UTUH", "seluruh berkas", "penerbit tidak diperiksa", "Semua tanda tangan utuh (1)"]),
    ],
)
def test_an_intact_file(
    language: str, words: list[str], samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", str(samples / SIGNED), "--lang", language, "--at", "2026-12-01"]) == 0
    shown = capsys.readouterr()
    assert all(word in shown.out for word in words)
    assert shown.err == ""


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "there is nothing to verify"), ("id", "tidak ada yang dapat diperiksa")],
)
def test_a_copy_has_nothing_to_verify(
    language: str, sentence: str, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", str(samples / PLAIN), "--lang", language]) == 0
    assert sentence in capsys.readouterr().out


def test_a_broken_signature_ends_with_3(altered: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(altered), "--lang", "en"]) == 3
    shown = capsys.readouterr().out
    assert "BROKEN" in shown
    assert "NOT INTACT" in shown


def test_an_unreadable_file_ends_with_4_and_the_rest_goes_on(
    samples: Path, altered: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut = tmp_path / "cut.pdf"
    cut.write_bytes((samples / SIGNED).read_bytes()[:75_000])
    assert run(["verify", str(cut), str(altered), str(samples / SIGNED), "--lang", "en"]) == 4
    shown = capsys.readouterr()
    assert shown.err.count("\n") == 1
    assert "cannot be checked: the file is cut off or damaged" in shown.err
    assert "BROKEN" in shown.out
    assert "INTACT" in shown.out


def test_a_missing_file_ends_with_4(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(tmp_path / "none.pdf"), "--lang", "en"]) == 4
    assert "was not found" in capsys.readouterr().err


def test_json_fits_its_schema(samples: Path, altered: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(samples / SIGNED), str(samples / PLAIN), str(altered)]
    assert run(["verify", *files, "--json", "--at", "2026-12-01"]) == 3
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["intact", "unsigned", "broken"]
    for line in lines:
        jsonschema.Draft202012Validator(verification_schema()).validate(json.loads(line))
        assert Verification.model_validate_json(line).model_dump_json() == line


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "--verification"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["title"] == "lampiran verify --json"
    jsonschema.Draft202012Validator.check_schema(printed)
    assert run(["schema", "--verification", "--tables"]) == 2


def test_valid_signatures_can_be_required(samples: Path) -> None:
    assert run(["verify", str(samples / PLAIN), "--require-valid"]) == 3
    assert run(["verify", str(samples / SIGNED), "--require-valid"]) == 3


@pytest.mark.parametrize("more", [["--at", "yesterday"], ["--trust", "no-such-file.pem"]])
def test_a_call_that_makes_no_sense_ends_with_2(more: list[str], samples: Path) -> None:
    assert run(["verify", str(samples / SIGNED), *more]) == 2


def test_without_the_extra_it_says_how_to_install_it(samples: Path) -> None:
    code = (
        "import sys; sys.modules['pyhanko'] = None\n"
        "from lampiran.cli.app import run\n"
        "sys.exit(run(['verify', sys.argv[1], '--lang', 'en']))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(samples / SIGNED)], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert "pip install 'lampiran[verify]'" in ended.stderr
    assert "Traceback" not in ended.stderr
