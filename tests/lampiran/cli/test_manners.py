"""Manners of the command line: help, completion, stdin, quiet, progress, and calls that make no sense, in both languages."""

from __future__ import annotations

import io
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress as RichProgress

import lampiran
from lampiran.cli.app import program, run
from lampiran.cli.completion import VARIABLE
from lampiran.cli.help_page import examples
from lampiran.cli.options import COMMANDS
from lampiran.cli.progress import Bar
from lampiran.cli.texts import Texts
from lampiran.held_file import as_path
from lampiran.language import number, percent
from lampiran.own_files import TAKEN
from lampiran.pipeline import read
from lampiran.review.cards import cards_of
from schema.choices import Language
from schema.errors import InputError

NAMES = [kind.__name__.lower() for kind in COMMANDS]
DRAWN = "kpu-contoh-2024.pdf"
TYPED = "kpu-batang-2025.transcript.txt"
# The framework's own words, which are always English.
ENGLISH = (
    "Usage", "Options", "Arguments", "Commands", "Show this", "default", "required", "Try '", "Error", "Missing",
    "Invalid", "No such", "Did you mean", "Possible", "requires", "does not take", "unexpected extra", "Input should",
)  # fmt: skip
SENSELESS = [
    "", "audt", "no-such-command", "-x", "extract", "extract f --forse", "extract f --fail-on info", "extract f --fail-on",
    "extract f --review-threshold 7", "extract f --review-threshold x", "extract f --second-reader=1", "extract f --text-reader x",
    "diff a", "diff a b c", "verify f --at 2", "audit f --seed q", "audit f --sample 0", "schema --wrong", "completion csh",
    "findings --lang fr",
]  # fmt: skip


def words_of(language: str, capsys: pytest.CaptureFixture[str], *call: str) -> str:
    run(["--lang", language, *call])
    said = capsys.readouterr()
    return said.out + said.err


@pytest.mark.parametrize("name", ["", *NAMES])
def test_help_is_wholly_in_the_language_asked_for(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = words_of("id", capsys, *name.split(), "--help")
    assert shown.startswith("Cara pakai: lampiran")
    assert "Kode keluar:" in shown
    assert [word for word in ENGLISH if word in shown.replace("--version", "")] == []
    assert words_of("en", capsys, *name.split(), "--help").startswith("Usage: lampiran")


@pytest.mark.parametrize("name", ["", *NAMES])
def test_h_is_help_and_help_is_on_stdout(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*name.split(), "-h"]) == 0
    short = capsys.readouterr()
    assert run([*name.split(), "--help"]) == 0
    assert capsys.readouterr() == short
    assert short.err == ""


@pytest.mark.parametrize("call", SENSELESS)
def test_a_call_that_makes_no_sense_is_told_in_the_language_asked_for(
    call: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", "id", *shlex.split(call)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Cara pakai: lampiran")
    assert [word for word in ENGLISH if word in said.err] == []
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        ("audt", 'There is no command "audt". Did you mean: audit'),
        ("extract f --forse", "There is no option --forse. Did you mean: --force"),
        ("extract", "The argument FILE is missing."),
        ("extract f --fail-on info", "The value of --fail-on is not valid; accepted: review."),
        ("extract f --review-threshold 7", "accepted: a number from 0 to 1."),
        ("extract f --text-reader x", "accepted: rapidocr, tesseract."),
        ("audit f --sample 0", "accepted: a whole number from 1."),
        ("verify f --at 2", "accepted: a day as YYYY-MM-DD."),
        ("extract f --fail-on", "The option --fail-on needs a value; accepted: review."),
        ("extract f --second-reader=1", "The option --second-reader takes no value."),
        ("diff a b c", "More arguments than it takes: c"),
    ],
)
def test_it_is_said_what_is_wrong(call: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", *shlex.split(call)]) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_calls_that_make_sense(name: str) -> None:
    group = program(Texts("en"))
    assert examples()[name]
    for example in examples()[name]:
        first, command, *rest = shlex.split(example["line"])
        assert (first, command) == ("lampiran", name)
        group.commands[command].make_context(command, rest)  # raises for a call that cannot be understood
        assert {"id", "en"} < example.keys()


def test_every_command_that_takes_a_file_of_ours_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    declared = {names for kind in COMMANDS for names in kind.reads.values()} - {frozenset()}
    assert declared == set(TAKEN.values())
    for words in TAKEN:
        _, command, *_ = words.split()
        assert command in NAMES
        assert all(word in words_of("en", capsys, command, "-h") for word in words.split()[2:])


@pytest.mark.parametrize("flag", ["-V", "--version"])
def test_version_has_a_short_flag(flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([flag]) == 0
    assert capsys.readouterr().out.startswith("lampiran ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "pwsh"])
def test_a_shell_gets_its_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert VARIABLE in script
    assert "lampiran" in script


@pytest.mark.parametrize(("typed", "expected"), [("ext", "extract"), ("extract --forc", "--force")])
def test_a_word_is_completed(typed: str, expected: str) -> None:
    words = f"lampiran {typed}"
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1), VARIABLE: "complete_bash"}
    done = subprocess.run(
        [sys.executable, "-m", "lampiran"],
        env=os.environ | asked,
        capture_output=True,
        text=True,
        check=False,
    )
    assert expected in done.stdout.split()
    assert done.stderr == ""


@pytest.mark.parametrize("sample", [DRAWN, TYPED])
def test_what_comes_by_stdin_is_read_as_the_file_of_that_name(
    sample: str, samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = samples / sample
    assert run(["extract", str(file), "-o", str(tmp_path / "file"), "-q"]) == 0
    assert capsys.readouterr() == ("", "")
    call = [
        sys.executable,
        "-m",
        "lampiran",
        "extract",
        "--name",
        file.name,
        "-",
        "-o",
        str(tmp_path / "stdin"),
    ]
    with file.open("rb") as stream:
        subprocess.run(call, stdin=stream, capture_output=True, check=True)
    written = {path.name: path.read_bytes() for path in (tmp_path / "file").glob("*/*")}
    piped = {path.name: path.read_bytes() for path in (tmp_path / "stdin").glob("*/*")}
    assert piped == written
    assert len(piped) > 10


def stdin_of(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_without_a_name_it_is_called_stdin(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stdin_of((samples / DRAWN).read_bytes(), monkeypatch)
    assert run(["tables", "-", "-o", str(tmp_path), "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("stdin\n")
    assert (tmp_path / "stdin" / "tables.json").is_file()
    stdin_of(b"", monkeypatch)
    assert run(["extract", "-", "-o", str(tmp_path), "--lang", "en"]) == 4
    assert '"stdin" is empty' in capsys.readouterr().err


def test_signatures_and_transcriptions_come_by_stdin_too(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stdin_of((samples / "kpu-batang-2025.signed.pdf").read_bytes(), monkeypatch)
    assert run(["verify", "-", "--name", "signed.pdf", "--json"]) == 0
    assert '"name":"signed.pdf"' in capsys.readouterr().out
    stdin_of((samples / TYPED).read_bytes(), monkeypatch)
    call = [
        "audit",
        str(samples / "kpu-batang-2025.pdf"),
        "-",
        "--name",
        "typed.txt",
        "-o",
        str(tmp_path),
        "-q",
    ]
    assert run(call) == 0
    assert (tmp_path / "typed.audit" / "audit.html").is_file()


@pytest.mark.parametrize("call", ["diff - -", "extract - -", "extract --name x f"])
def test_stdin_is_read_once_and_a_name_is_for_it_alone(call: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*call.split(), "--lang", "id"]) == 2
    assert "stdin" in capsys.readouterr().err.lower()


def test_no_more_is_read_than_may_be() -> None:
    with pytest.raises(InputError, match="larger than"):
        as_path(io.BytesIO(b"x" * 11), name="big", most=10)
    assert as_path(io.BytesIO(b"x" * 10), name="fits", most=10).read_bytes() == b"x" * 10


@pytest.mark.parametrize(
    "call",
    [
        "extract {}",
        "tables {}",
        "verify {}",
        "profile {}",
        "diff {} {}",
        "audit {} {}",
        "coverage {}",
        "due {}",
        "dashboard {}",
        "review {}",
    ],
)
def test_a_path_is_missed_before_a_reader_is_loaded(call: str) -> None:
    words = call.replace("{}", "no-such-file.pdf").split()
    probe = f"import sys\nfrom lampiran.cli.app import run\nassert run({words}) == 4\nprint(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert {"cv2", "scipy", "pandas", "pdfplumber", "onnxruntime", "rich", "pyhanko"}.isdisjoint(
        ended.stdout.split()
    )
    assert "no-such-file.pdf" in ended.stderr


@pytest.mark.parametrize("sample", [DRAWN, "kpu-contoh-2024.scan.pdf"])
def test_each_page_that_is_done_is_told_of(sample: str, samples: Path) -> None:
    told: list[tuple[int, int]] = []

    class Listener:
        def stage(self, path: Path, stage: str) -> None: ...

        def pages(self, path: Path, done: int, count: int) -> None:  # noqa: ARG002 - as the protocol says
            told.append((done, count))

    count = len(read(samples / sample, progress=Listener()).extraction.pages)
    assert told == [(done, count) for done in range(1, count + 1)]


@pytest.mark.parametrize(
    ("language", "words"), [("id", "membaca halaman 3 dari 11"), ("en", "reading page 3 of 11")]
)
def test_the_bar_shows_the_page_and_never_goes_back(language: Language, words: str) -> None:
    console = Console(file=io.StringIO())
    with RichProgress(console=console, disable=True) as shown:
        bar = Bar(shown, 2, Texts(language))
        done = []
        for _ in range(2):
            for step in (
                lambda: bar.stage(Path("a.pdf"), "extract"),
                lambda: bar.pages(Path("a.pdf"), 3, 11),
                lambda: bar.pages(Path("a.pdf"), 11, 11),
                lambda: bar.stage(Path("a.pdf"), "normalize"),
                lambda: bar.stage(Path("a.pdf"), "write"),
                lambda: bar.finished(Path("a.pdf")),
            ):
                step()
                done.append(shown.tasks[0].completed)
        bar.pages(Path("a.pdf"), 3, 11)
        assert words in shown.tasks[0].description
    assert done == sorted(done)
    assert done[-1] == 2


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert percent(0.9362, "id") == "93,62 %"
    assert percent(0.9362, "en") == "93.62 %"
    assert (percent(1, "en"), percent(0.99999, "en"), percent(0, "id"), percent(0.00001, "id")) == (
        "100 %",
        "99.99 %",
        "0 %",
        "0,01 %",
    )
    assert number(0.9, "id") == "0,9"
    assert number(1234.5, "en", 2) == "1234.50"


def test_a_summary_ends_with_what_to_open(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper, out = str(samples / DRAWN), tmp_path / "out"
    for call, opened in (
        (["extract", paper, "-o", str(out)], out / "kpu-contoh-2024" / "report.html"),
        (["tables", paper, "-o", str(out / "t")], out / "t" / "kpu-contoh-2024" / "tables.html"),
        (["profile", paper, "-o", str(out / "p")], out / "p" / "kpu-contoh-2024" / "profile.html"),
        (["diff", str(out / "kpu-contoh-2024"), paper, "-o", str(out / "d")], out / "d" / "diff.html"),
        (
            ["audit", paper, "--sample", "3", "-o", str(out)],
            out / "kpu-contoh-2024.audit-sample.xlsx",
        ),
    ):
        assert run([*call, "--lang", "id"]) == 0
        assert capsys.readouterr().out.splitlines()[-1] == f"  Buka: {opened}"
        assert opened.is_file()


def test_quiet_may_stand_before_the_command(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-q", "extract", str(samples / TYPED), "-o", str(tmp_path)]) == 0
    assert capsys.readouterr().out == ""


def test_placeholders_are_in_the_language_of_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--output FOLDER" in words_of("id", capsys, "extract", "--help")
    assert "--pack BERKAS.zip" in words_of("id", capsys, "audit", "--help")
    assert "--output DIR" in words_of("en", capsys, "extract", "--help")
    assert "BERKAS" in words_of("id", capsys, "extract").splitlines()[1]


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 area, 1 action"), (2, "2 areas, 2 actions"), (0, "0 areas, 0 actions")]
)
def test_a_word_goes_with_its_number(count: int, words: str) -> None:
    said = Texts("en").say("summary_counts", areas=count, components=count, actions=count, marks=count)
    assert [part in said for part in words.split(", ")] == [True, True]


def test_the_page_and_the_summary_count_what_is_decided(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["--lang", "en", "extract", str(samples / TYPED), "-o", str(tmp_path)])
    counted = len(cards_of(lampiran.load(tmp_path / "kpu-batang-2025-transcript").plan))
    assert f"  {counted} decisions wait: " in capsys.readouterr().out
    page = (tmp_path / "kpu-batang-2025-transcript" / "report.html").read_text(encoding="utf-8")
    assert f"<b>{counted}</b> <span" in page.partition('class="word"')[2][:200]
