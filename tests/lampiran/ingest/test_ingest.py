"""`lampiran ingest` as a user meets it: many files in, a store, sentences and exit codes out; killed runs go on."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.drawing.many import decree, draw_many, typed
from benchmarks.speed import ingest as benchmark
from lampiran.cli.app import run
from lampiran.ingest.reading import work
from lampiran.stored import results_in
from tests.lampiran.cli.test_workers import TRAPS
from tests.lampiran.ingest.servers import until

TYPED, DIGITAL = "kpu-batang-2025.transcript.txt", "kpu-batang-2025.pdf"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAMPIRAN_LANG", "en")
    (tmp_path / "masuk").mkdir()
    return tmp_path


def put(path: Path, number: int, *, later: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(typed(decree(number, later=later)))


def rows(store: Path, name: str = "summary.csv") -> dict[str, dict[str, str]]:
    with (store / name).open(encoding="utf-8", newline="") as stream:
        return {row["name"]: row for row in csv.DictReader(stream)}


def test_killed_runs_go_on_and_make_the_store_of_an_undisturbed_one(tmp_path: Path) -> None:
    draw_many(tmp_path / "masuk", 25)
    whole, broken = tmp_path / "utuh", tmp_path / "putus"
    code, early, highest = benchmark.undisturbed(tmp_path / "masuk", whole, ["-j", "2"], 25)
    assert code == 0
    assert highest < benchmark.LARGEST
    assert early > 0
    assert benchmark.killed(tmp_path / "masuk", broken, ["-j", "2"], 1) == -signal.SIGKILL
    assert benchmark.second_is_told(tmp_path / "masuk", broken, ["-j", "2"])
    assert benchmark.killed(tmp_path / "masuk", broken, ["-j", "2"], 12) == -signal.SIGKILL
    assert benchmark.records(broken) < 25
    (broken / "results" / f".sk-0001-00000000.{'0' * 32}").mkdir(parents=True)
    assert benchmark.undisturbed(tmp_path / "masuk", broken, ["-j", "1"], 25)[0] == 0
    assert benchmark.differences(whole, broken) == []
    assert len(benchmark.contents(whole)) > 25 * 15


def test_what_is_known_is_not_read_again_and_the_rest_is(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(desk / "masuk" / "a.txt", 1)
    call = ["ingest", "masuk", "--store", "gudang"]
    assert run(call) == 0
    assert "Read: 1; known already: 0;" in capsys.readouterr().out
    before = benchmark.contents(desk / "gudang")
    assert run(call) == 0
    assert "Read: 0; known already: 1;" in capsys.readouterr().out
    assert benchmark.contents(desk / "gudang") == before
    put(desk / "masuk" / "b" / "c.txt", 2)
    shutil.copy(desk / "masuk" / "a.txt", desk / "masuk" / "b" / "lain.txt")
    assert run([*call, "--review-threshold", "0.9"]) == 0
    said = capsys.readouterr().out
    assert "Read: 1; known already: 1;" in said
    assert "masuk/a.txt: the same file is also called masuk/b/lain.txt" in said
    assert run([*call, "--review-threshold", "0.5"]) == 0
    assert "Read: 2; known already: 0;" in capsys.readouterr().out
    shutil.rmtree(next((desk / "gudang" / "results").iterdir()))
    assert run([*call, "--review-threshold", "0.5"]) == 0
    assert "Read: 1; known already: 1;" in capsys.readouterr().out


def test_the_same_decree_again_and_a_later_version_are_told_and_left_out(
    desk: Path, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(samples / TYPED, desk / "masuk")
    shutil.copy(samples / DIGITAL, desk / "masuk")
    put(desk / "masuk" / "lama.txt", 7)
    put(desk / "masuk" / "baru.txt", 7, later=True)
    assert run(["ingest", "masuk", "--store", "gudang"]) == 0
    said = capsys.readouterr().out
    assert f"masuk/{TYPED}: the same decree as masuk/{DIGITAL}, from another file; that one is used" in said
    assert "masuk/lama.txt: a later version took its place, masuk/baru.txt" in said
    states = {name: row["state"] for name, row in rows(desk / "gudang").items()}
    assert states == {
        f"masuk/{TYPED}": "superseded", f"masuk/{DIGITAL}": "done", "masuk/lama.txt": "superseded", "masuk/baru.txt": "done"
    }  # fmt: skip
    names = {path.name.rpartition("-")[0] for path in results_in([desk / "gudang"])}
    assert names == {"kpu-batang-2025", "baru"}
    assert len(results_in([desk / "gudang"], superseded=True)) == 4


def test_of_two_versions_neither_of_which_is_later_both_wait_until_a_person_says(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(desk / "masuk" / "satu.txt", 3)
    other = (
        (desk / "masuk" / "satu.txt")
        .read_text(encoding="utf-8")
        .replace("ke-4", "dengan isi yang lain sama sekali")
    )
    (desk / "masuk" / "dua.txt").write_text(other, encoding="utf-8")
    assert run(["ingest", "masuk", "--store", "gudang", "--fail-on", "review"]) == 3
    found = rows(desk / "gudang")
    assert {row["state"] for row in found.values()} == {"waits"}
    assert "which is the later one is not known" in found["masuk/satu.txt"]["reason_en"]
    assert run(["ingest", "--outdated", "masuk/satu.txt", "--store", "gudang"]) == 0
    assert {name: row["state"] for name, row in rows(desk / "gudang").items()} == {
        "masuk/satu.txt": "superseded",
        "masuk/dua.txt": "done",
    }
    assert run(["ingest", "--outdated", "tiada.txt", "--store", "gudang"]) == 2
    assert "no decree of the store has that name" in capsys.readouterr().err


def test_a_decree_that_amends_another_one_takes_its_place(desk: Path) -> None:
    put(desk / "masuk" / "lama.txt", 3)
    head = decree(3).head
    words = f"PERUBAHAN ATAS KEPUTUSAN {head.institution} NOMOR {head.number} TAHUN {head.year} TENTANG {head.title}"
    amending = head.model_copy(update={"number": "99/PW.01-Kpt/2024", "title": words})
    (desk / "masuk" / "ubah.txt").write_bytes(typed(decree(3).model_copy(update={"head": amending})))
    assert run(["ingest", "masuk", "--store", "gudang", "-q"]) == 0
    found = rows(desk / "gudang")
    assert (found["masuk/lama.txt"]["state"], found["masuk/lama.txt"]["relation"]) == (
        "superseded",
        "amended",
    )
    assert found["masuk/lama.txt"]["superseded_by"] == found["masuk/ubah.txt"]["sha256"]
    assert found["masuk/ubah.txt"]["state"] == "done"


def test_a_copy_that_comes_later_with_fewer_rows_takes_no_place_before_a_person_says_so(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(desk / "masuk" / "utuh.txt", 3)
    assert run(["ingest", "masuk", "--store", "gudang", "-q"]) == 0
    whole = (desk / "masuk" / "utuh.txt").read_text(encoding="utf-8")
    (desk / "baru").mkdir()
    (desk / "baru" / "kurang.txt").write_text(
        whole.replace("ke-4", "yang lain sama sekali"), encoding="utf-8"
    )
    capsys.readouterr()
    assert run(["ingest", "baru", "--store", "gudang"]) == 0
    said = capsys.readouterr().out
    for name in ("masuk/utuh.txt", "baru/kurang.txt"):
        assert f"{name}: office, number and year are those of " in said
        assert rows(desk / "gudang")[name]["state"] == "waits"
    assert run(["status", "gudang"]) == 0
    assert capsys.readouterr().out.count("Waiting: ") == 2
    assert run(["ingest", "--outdated", "kurang", "--store", "gudang"]) == 0
    said = capsys.readouterr().out
    assert "baru/kurang.txt: a later version took its place, masuk/utuh.txt" in said
    assert "masuk/utuh.txt: noted; it is now: done" in said
    assert [path.name.rpartition("-")[0] for path in results_in([desk / "gudang"])] == ["utuh"]
    assert results_in([desk / "gudang" / "results"]) == results_in([desk / "gudang"])
    assert run(["ingest", "--latest", "kurang.txt", "--outdated", "utuh.txt", "--store", "gudang"]) == 0
    assert rows(desk / "gudang")["baru/kurang.txt"]["state"] == "done"
    assert rows(desk / "gudang")["masuk/utuh.txt"]["state"] == "superseded"


def test_a_name_that_several_decrees_have_is_asked_about(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(desk / "masuk" / "satu" / "sk.txt", 1)
    put(desk / "masuk" / "dua" / "sk.txt", 2)
    assert run(["ingest", "masuk", "--store", "gudang", "-q"]) == 0
    assert run(["ingest", "--outdated", "sk.txt", "--store", "gudang"]) == 2
    assert "sk.txt: 2 decrees have that name; name one of their results: sk-" in capsys.readouterr().err
    assert {row["state"] for row in rows(desk / "gudang").values()} == {"done"}


def test_a_failed_file_in_whose_place_an_intact_copy_lies_has_failed_no_longer(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "masuk" / "a.txt").write_bytes(b"\0" * 40)
    call = ["ingest", "./masuk/", "--store", "gudang"]
    assert run([*call, "-q"]) == 4
    put(desk / "masuk" / "a.txt", 1)
    capsys.readouterr()
    assert run(call) == 0
    assert run(["status", "gudang"]) == 0
    assert "failed: 0; superseded: 1" in capsys.readouterr().out
    assert list(rows(desk / "gudang", "quarantine.csv")) == []
    before = benchmark.contents(desk / "gudang")
    assert run(["ingest", "file://masuk", "--store", "gudang", "-q"]) == 0
    assert benchmark.contents(desk / "gudang") == before
    (desk / "masuk" / "a.txt").write_bytes(b"\0" * 40)
    assert run([*call, "-q"]) == 4  # the broken one is back
    assert list(rows(desk / "gudang", "quarantine.csv")) == ["masuk/a.txt"]


def test_a_result_whose_decree_fails_when_it_is_read_again_does_not_count(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(desk / "masuk" / "a.txt", 1)
    put(desk / "masuk" / "b.txt", 2)
    call = ["ingest", "masuk", "--store", "gudang", "-q"]
    assert run(call) == 0
    (result, _) = results_in([desk / "gudang"])
    result.with_name(f"{result.name}.decisions.json").write_text("{", encoding="utf-8")
    assert run(["status", "gudang"]) == 0
    assert "1 result has decisions that were not taken up yet" in capsys.readouterr().out
    assert run(call) == 2
    said = rows(desk / "gudang")["masuk/a.txt"]["reason_en"]
    assert f"gudang/results/{result.name}.decisions.json" in said
    assert ".work" not in said
    assert result.is_dir()
    assert result not in results_in([desk / "gudang"], superseded=True)


def test_nothing_to_read_is_said(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "masuk" / "arsip.zip").write_bytes(b"PK")
    assert run(["ingest", "masuk", "--store", "gudang"]) == 0
    said = capsys.readouterr().err
    assert "1 file of another kind is passed over (arsip.zip)." in said
    assert "No file of a kind that is read was found there" in said
    assert run(["ingest", "masuk", "--store", "ftp://127.0.0.1:9/x"]) == 2
    assert "ftp://127.0.0.1:9/x: " in capsys.readouterr().err


def test_what_takes_down_its_reader_or_cannot_be_read_is_in_quarantine_and_can_be_tried_again(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "traps").mkdir()
    (desk / "traps" / "sitecustomize.py").write_text(TRAPS, encoding="utf-8")
    put(desk / "masuk" / "baik.txt", 1)
    for number, name in enumerate(("crash.txt", "ends.txt", "hangs.txt", "eats.txt"), start=2):
        put(desk / "masuk" / name, number)
    (desk / "masuk" / "rusak.pdf").write_bytes(b"%PDF-1.4 nothing")
    (desk / "masuk" / "catatan.docx").write_bytes(b"other")
    call = [sys.executable, "-m", "lampiran", "ingest", "masuk", "--store", "gudang", "-j", "2"]
    call += ["--memory-limit", "1000", "--time-limit", "20"]
    search = os.pathsep.join([str(desk / "traps"), *sys.path])
    ended = subprocess.run(
        call, env=os.environ | {"PYTHONPATH": search}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 7
    assert "masuk: 1 file of another kind is passed over (" in ended.stderr
    codes = {name: row["code"] for name, row in rows(desk / "gudang", "quarantine.csv").items()}
    assert codes == {f"masuk/{name}.txt": "7" for name in ("crash", "ends", "hangs", "eats")} | {
        "masuk/rusak.pdf": "4"
    }
    assert rows(desk / "gudang")["masuk/baik.txt"]["state"] == "done"
    assert run(["ingest", "masuk", "--store", "gudang", "-q"]) == 7
    capsys.readouterr()
    assert run(["ingest", "masuk", "--store", "gudang", "--retry", "failed"]) == 4
    assert "Read: 5; known already: 1;" in capsys.readouterr().out


def test_lists_patterns_and_stdin_name_files_and_what_is_missing_is_told(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, name in enumerate(("a.txt", "b.txt", "c.txt", "d.txt"), start=1):
        put(desk / "masuk" / name, number)
    (desk / "daftar.txt").write_text("# names\nmasuk/a.txt\ntiada.pdf\n", encoding="utf-8")
    (desk / "masuk" / "putaran").symlink_to(desk / "masuk", target_is_directory=True)
    monkeypatch.setattr("sys.stdin", iter(["masuk/d.txt\n"]))
    call = ["ingest", "@daftar.txt", "masuk/[bc].txt", "-", "@tiada.txt", "*.nothing", "--store", "gudang"]
    assert run(call) == 4
    said = capsys.readouterr()
    assert sorted(rows(desk / "gudang")) == [f"masuk/{name}.txt" for name in "abcd"]
    assert "tiada.pdf: there is no such file or folder" in said.err
    assert "tiada.txt: it cannot be read" in said.err
    assert "*.nothing: there is no such file" in said.err
    assert run(["ingest", "masuk", "--store", "gudang"]) == 0
    assert "Read: 0; known already: 4;" in capsys.readouterr().out


def test_what_people_decided_is_kept_and_applied_again(desk: Path, samples: Path) -> None:
    shutil.copy(samples / TYPED, desk / "masuk")
    call = ["ingest", "masuk", "--store", "gudang", "-q"]
    assert run(call) == 0
    (result,) = results_in([desk / "gudang"])
    assert run(["review", str(result), "--export", "putusan.xlsx"]) == 0
    waiting = [
        each
        for each in json.loads((result / "decree.json").read_bytes())["findings"]
        if each["severity"] == "review"
    ]
    assert waiting
    first = rows(desk / "gudang")[f"masuk/{TYPED}"]["reviews"]
    decisions = result.with_name(f"{result.name}.decisions.json")
    decisions.write_text('{"decisions_version": "1.0.0", "decisions": []}\n', encoding="utf-8")
    kept = decisions.read_bytes()
    assert run(call) == 0
    record = json.loads(next((desk / "gudang" / "records").iterdir()).read_bytes())
    assert record["decisions"] is not None
    assert decisions.read_bytes() == kept
    assert rows(desk / "gudang")[f"masuk/{TYPED}"]["reviews"] == first


def test_the_state_of_a_store_is_told(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(desk / "masuk" / "a.txt", 1)
    (desk / "masuk" / "rusak.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert run(["ingest", "masuk", "--store", "gudang", "-q"]) == 4
    capsys.readouterr()
    assert run(["status", "gudang"]) == 0
    said = capsys.readouterr().out
    assert "gudang: 2 decrees" in said
    assert "Done: 1; waiting for a person: 0; failed: 1; superseded: 0" in said
    assert "Failed: " in said
    assert run(["status", "gudang", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["decrees"], told["failed"], told["running"]) == (2, 1, None)
    assert run(["status", "masuk"]) == 4
    assert "is no store of lampiran" in capsys.readouterr().err


def test_places_that_are_no_store_or_cannot_be_written_are_told_before_anything_is_read(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(desk / "masuk" / "a.txt", 1)
    assert run(["ingest", "masuk", "--store", "masuk"]) == 2
    assert "is no store of lampiran; choose an empty or a new folder" in capsys.readouterr().err
    assert [path.name for path in (desk / "masuk").iterdir()] == ["a.txt"]
    if Path("/proc/self").is_dir():
        assert run(["ingest", "masuk", "--store", "/proc/lampiran"]) == 6
        assert "The store /proc/lampiran cannot be used" in capsys.readouterr().err
    assert run(["ingest", "--store", "gudang"]) == 2
    assert "Name what to read" in capsys.readouterr().err


def test_the_catalogue_follows_from_the_records(desk: Path) -> None:
    put(desk / "masuk" / "a.txt", 1)
    call = ["ingest", "masuk", "--store", "gudang", "-q"]
    assert run(call) == 0
    before = benchmark.contents(desk / "gudang")
    for name in ("catalogue.sqlite", "summary.csv", "quarantine.csv"):
        (desk / "gudang" / name).unlink()
    shutil.rmtree(desk / "gudang" / ".work")
    assert run(call) == 0
    assert benchmark.contents(desk / "gudang") == before
    with closing(sqlite3.connect(desk / "gudang" / "catalogue.sqlite")) as base:
        assert base.execute("SELECT state, name FROM decrees").fetchall() == [("done", "masuk/a.txt")]


def test_pipes_and_names_of_any_bytes_are_no_trouble(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(desk / "masuk" / "pipa.pdf")
    put(desk / "masuk" / os.fsdecode(b"s\xff.txt"), 1)
    assert run(["ingest", "masuk", "--store", "gudang"]) == 4
    said = capsys.readouterr()
    assert "masuk/pipa.pdf: it cannot be read" in said.err
    assert "Read: 1;" in said.out
    assert list(rows(desk / "gudang")) == ["masuk/s\\xff.txt"]
    assert run(["ingest", "masuk", "--store", "gudang"]) == 4
    assert "Read: 0; known already: 1;" in capsys.readouterr().out


def test_a_file_that_changes_while_it_is_read_is_told_and_not_taken_for_another(desk: Path) -> None:
    put(desk / "masuk" / "a.txt", 1)
    given = {
        "path": str(desk / "masuk" / "a.txt"),
        "name": "a.txt",
        "sha256": "0" * 64,
        "log_level": "warning",
    }
    assert work(given, b"", print) == {"changed": True}
    assert work({**given, "path": "tiada.txt"}, b"", print)["unreadable"]["en"] == "No such file or directory"


def test_a_full_disk_ends_the_run_in_order(desk: Path) -> None:
    put(desk / "masuk" / "a.txt", 1)
    limit = "import resource, sys\nresource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))\n"
    program = "from lampiran.cli.app import run\nsys.exit(run(['ingest', 'masuk', '--store', 'gudang']))"
    search = os.pathsep.join(sys.path)
    ended = subprocess.run(
        [sys.executable, "-c", limit + program],
        env=os.environ | {"PYTHONPATH": search},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 6
    assert "The store gudang cannot be used: File too large" in ended.stderr
    assert list((desk / "gudang" / ".work").glob("staging/*")) == []
    assert run(["ingest", "masuk", "--store", "gudang"]) == 0


def test_a_run_that_goes_on_is_seen_waited_for_and_says_what_is_left(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "traps").mkdir()
    (desk / "traps" / "sitecustomize.py").write_text(TRAPS, encoding="utf-8")
    for number, name in enumerate(("a.txt", "hangs.txt", "z.txt"), start=1):
        put(desk / "masuk" / name, number)
    call = [sys.executable, "-m", "lampiran", "ingest", "masuk", "--store", "gudang"]
    search = os.pathsep.join([str(desk / "traps"), *sys.path])
    with subprocess.Popen(
        call,
        env=os.environ | {"PYTHONPATH": search},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        until(desk / "gudang", 1, running)
        assert run(["status", "gudang", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)["running"]
        assert (told["process"], told["todo"]) == (str(running.pid), 3)
        assert run(["status", "gudang"]) == 0
        assert f"Process {running.pid} on " in capsys.readouterr().out
        with subprocess.Popen(
            [*call, "--wait"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as second:
            running.send_signal(signal.SIGTERM)
            assert running.communicate(timeout=60)[1] == (
                "lampiran: Interrupted; 1 of 3 files are done and stay, 2 are left. The same call goes on.\n"
            )
            assert running.returncode == 143
            assert "Read: 2; known already: 1;" in second.communicate(timeout=120)[0]
            assert second.returncode == 0
    assert not (desk / "gudang" / ".work" / "staging").exists() or not list(
        (desk / "gudang" / ".work" / "staging").iterdir()
    )
    assert run(["status", "gudang", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["running"] is None
