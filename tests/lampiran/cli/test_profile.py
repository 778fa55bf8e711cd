"""`lampiran profile` and `lampiran extract --profile` as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from lampiran.cli.app import run
from lampiran.profile.reading import load_profile
from samples.draw.variants import variant
from schema.profile import profile_schema


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAMPIRAN_LANG", "en")
    (tmp_path / "Rencana 2024.pdf").write_bytes(variant("quarters-a4").pdf())
    (tmp_path / "lain.pdf").write_bytes(variant("text-short-a4").pdf())
    return tmp_path


def test_without_a_folder_the_yaml_goes_to_stdout_and_the_summary_to_stderr(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["profile", "Rencana 2024.pdf"]) == 0
    captured = capsys.readouterr()
    assert captured.err.splitlines() == [
        "Rencana 2024.pdf",
        "  Form 1: 10 columns, schedule quarters, areas full-width title rows; to check: 0",
    ]
    (desk / "p.yaml").write_text(captured.out, encoding="utf-8")
    assert load_profile(desk / "p.yaml").forms[0].schedule == "quarter"
    jsonschema.validate(yaml.safe_load(captured.out), profile_schema())
    assert sorted(path.name for path in desk.iterdir()) == ["Rencana 2024.pdf", "lain.pdf", "p.yaml"]


def test_the_folder_is_written_whole_and_a_changed_profile_is_not_lost(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["profile", "Rencana 2024.pdf", "-o", "out/profiles"]) == 0
    folder = desk / "out" / "profiles" / "rencana-2024"
    assert sorted(path.name for path in folder.iterdir()) == ["SHA256SUMS", "profile.html", "profile.yaml"]
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert run(["profile", "Rencana 2024.pdf", "-o", "out/profiles"]) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    file = folder / "profile.yaml"
    changed = file.read_text(encoding="utf-8").replace("role: evidence", "role: extra")
    file.write_text(changed, encoding="utf-8")
    capsys.readouterr()
    assert run(["profile", "Rencana 2024.pdf", "-o", "out/profiles"]) == 6
    assert "changed by hand" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == changed
    assert run(["profile", "Rencana 2024.pdf", "-o", "out/profiles", "--force"]) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    assert (folder.with_name("rencana-2024.kept") / "profile.yaml").read_text(encoding="utf-8") == changed
    file.write_text("role: [", encoding="utf-8")
    assert run(["profile", "Rencana 2024.pdf", "-o", "out/profiles"]) == 6
    assert run(["profile", "Rencana 2024.pdf", "-o", "out/profiles", "--force"]) == 0
    assert (folder.with_name("rencana-2024.kept-2") / "profile.yaml").read_text() == "role: ["
    (folder / "catatan.txt").write_text("x")
    assert run(["profile", "Rencana 2024.pdf", "-o", "out/profiles"]) == 6
    assert run(["profile", "Rencana 2024.pdf", "-o", "out/profiles", "--force"]) == 0
    assert (folder.with_name("rencana-2024.kept-3") / "catatan.txt").read_text() == "x"


def test_exit_codes(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "rusak.pdf").write_bytes(b"%PDF-1.7 x")
    (desk / "berkas").write_text("x")
    (desk / "salah.yaml").write_text("forms:\n- columns:\n  - {name: A, role: x}\n")
    assert run(["profile"]) == 2
    assert run(["profile", "rusak.pdf"]) == 4
    assert run(["profile", "Rencana 2024.pdf", "-o", "berkas"]) == 6
    capsys.readouterr()
    assert run(["extract", "Rencana 2024.pdf", "--profile", "salah.yaml"]) == 2
    assert capsys.readouterr().err.startswith('lampiran: Profile salah.yaml line 3: role "x" is not known')
    assert run(["extract", "Rencana 2024.pdf", "--profile", "tidak-ada.yaml"]) == 2
    assert not (desk / "out").exists()


def test_the_json_schema_is_printed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "--profile"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(profile_schema()))


def test_a_file_without_a_plan_has_no_profile(desk: Path) -> None:
    (desk / "kosong.txt").write_text("Tidak ada tabel di sini.\n", encoding="utf-8")
    assert run(["profile", "kosong.txt"]) == 5


def test_what_changed_in_the_form_is_said_first(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profile", "Rencana 2024.pdf", "-o", "p"]) == 0
    file = desk / "p" / "rencana-2024" / "profile.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("PIC", "PEMILIK KEGIATAN"), encoding="utf-8")
    capsys.readouterr()
    assert run(["extract", "Rencana 2024.pdf", "--profile", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        "Rencana 2024.pdf",
        "  The form changed since the profile (1):",
        '    - Column "PEMILIK KEGIATAN" is now called "PIC"; it was read as responsible.',
    ]
    plan = json.loads((desk / "out" / "rencana-2024" / "decree.json").read_bytes())
    assert [f["code"] for f in plan["findings"] if f["rule"] == "pin-form"] == ["form-column-renamed"]


def test_a_profile_of_the_same_form_changes_only_what_it_was_read_with(desk: Path) -> None:
    assert run(["profile", "lain.pdf", "-o", "p"]) == 0
    assert run(["extract", "lain.pdf", "-o", "a"]) == 0
    assert run(["extract", "lain.pdf", "-o", "b", "--profile", "p/lain/profile.yaml"]) == 0
    a, b = ({path.name: path.read_bytes() for path in (desk / name / "lain").iterdir()} for name in "ab")
    plain, pinned = (json.loads(files.pop("decree.json")) for files in (a, b))
    assert plain.pop("settings")["profile"] is None
    assert json.loads(pinned.pop("settings")["profile"])["forms"]
    assert plain == pinned
    assert {name for name in a if a[name] != b[name]} == {"SHA256SUMS"}
