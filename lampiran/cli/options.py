"""The options of the command line, each declared once, and one class per command whose fields are its options.

The class's name in lower case is the command, and its fields are in the order of the help; those that every command
takes come last. `lampiran/cli/texts.toml` holds the help texts, and `lampiran.cli.<command>.run` does the work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, ClassVar, Literal, TypeAlias

from typer import Argument, Option

from lampiran.own_files import TAKEN
from schema import choices

# Which files of ours a path may name, by the path's field: all others are refused before anything is loaded.
Reads: TypeAlias = dict[str, frozenset[str]]
NONE_OF_OURS: frozenset[str] = frozenset()

# What more than one command takes.
Files = Annotated[list[Path], Argument(metavar="FILE")]
Output = Annotated[Path, Option("--output", "-o", metavar="DIR")]
OptionalOutput = Annotated[Path | None, Option("--output", "-o", metavar="DIR", show_default=False)]
Name = Annotated[str | None, Option("--name", metavar="NAME", show_default=False)]
Force = Annotated[bool, Option("--force")]
SpreadsheetSafe = Annotated[bool, Option("--spreadsheet-safe/--plain-csv")]
Crops = Annotated[bool, Option("--crops")]
FailOn = Annotated[Literal["review"] | None, Option("--fail-on", show_default=False)]
TextReaders = Annotated[list[choices.TextReader] | None, Option("--text-reader", show_default=False)]
Jobs = Annotated[int, Option("--jobs", "-j", metavar="N", min=0, max=256)]
MemoryLimit = Annotated[int, Option("--memory-limit", metavar="MIB", min=64)]
TimeLimit = Annotated[int, Option("--time-limit", metavar="SECONDS", min=1)]
PageReader = Annotated[choices.PageReader, Option("--page-reader")]
Threshold = Annotated[float, Option("--review-threshold", metavar="SHARE", min=0.0, max=1.0)]
Language = Annotated[choices.Language | None, Option("--lang", show_default=False)]
LogLevel = Annotated[choices.LogLevel, Option("--log-level")]


@dataclass(frozen=True, kw_only=True)
class Call:
    """What every command takes, the exit codes it ends with, and the paths it reads."""

    exit_codes: ClassVar[tuple[int, ...]] = (0, 1, 2)
    reads: ClassVar[Reads] = {}
    language: Language = None


@dataclass(frozen=True, kw_only=True)
class LoggedCall(Call):
    """What every command takes that reads or checks files."""

    quiet: Annotated[bool, Option("--quiet", "-q")] = False
    log_level: LogLevel = "warning"


@dataclass(frozen=True, kw_only=True)
class Extract(LoggedCall):
    """Read decrees and write their data."""

    exit_codes: ClassVar[tuple[int, ...]] = (0, 1, 2, 3, 4, 5, 6, 7, 130, 143)
    reads: ClassVar[Reads] = {
        "files": NONE_OF_OURS,
        "profile": TAKEN["lampiran extract --profile"],
        "decisions": TAKEN["lampiran extract --decisions"],
    }
    files: Files
    output: Output = Path("out")
    second_reader: Annotated[bool, Option("--second-reader")] = False
    fail_on: FailOn = None
    force: Force = False
    spreadsheet_safe: SpreadsheetSafe = True
    text_readers: TextReaders = None
    page_reader: PageReader = "pdfium"
    review_threshold: Threshold = choices.DEFAULT_THRESHOLD
    profile: Annotated[Path | None, Option("--profile", metavar="FILE.yaml", show_default=False)] = None
    paper: Annotated[choices.PaperSize | None, Option("--paper", show_default=False)] = None
    decisions: Annotated[Path | None, Option("--decisions", metavar="FILE.json", show_default=False)] = None
    jobs: Jobs = 1
    memory_limit: MemoryLimit = choices.MEMORY_LIMIT
    time_limit: TimeLimit = choices.TIME_LIMIT
    crops: Crops = False
    name: Name = None


@dataclass(frozen=True, kw_only=True)
class Tables(LoggedCall):
    """Read the ruled tables of PDFs of any kind and write them."""

    exit_codes: ClassVar[tuple[int, ...]] = (0, 1, 2, 3, 4, 5, 6, 7, 130, 143)
    reads: ClassVar[Reads] = {"files": NONE_OF_OURS}
    files: Files
    output: Output = Path("out/tables")
    fill_spans: Annotated[bool, Option("--fill-spans")] = False
    spreadsheet_safe: SpreadsheetSafe = True
    fail_on: FailOn = None
    force: Force = False
    text_readers: TextReaders = None
    page_reader: PageReader = "pdfium"
    review_threshold: Threshold = choices.DEFAULT_THRESHOLD
    jobs: Jobs = 1
    memory_limit: MemoryLimit = choices.MEMORY_LIMIT
    time_limit: TimeLimit = choices.TIME_LIMIT
    name: Name = None


@dataclass(frozen=True, kw_only=True)
class Ingest(LoggedCall):
    """Read many decrees into a store."""

    exit_codes: ClassVar[tuple[int, ...]] = (0, 1, 2, 3, 4, 5, 6, 7, 130, 143)
    sources: Annotated[list[str] | None, Argument(metavar="SOURCE", show_default=False)] = None
    store: Annotated[str, Option("--store", metavar="STORE")]
    retry: Annotated[Literal["failed"] | None, Option("--retry", show_default=False)] = None
    outdated: Annotated[list[str] | None, Option("--outdated", metavar="NAME", show_default=False)] = None
    latest: Annotated[list[str] | None, Option("--latest", metavar="NAME", show_default=False)] = None
    wait: Annotated[bool, Option("--wait")] = False
    fail_on: FailOn = None
    second_reader: Annotated[bool, Option("--second-reader")] = False
    spreadsheet_safe: SpreadsheetSafe = True
    text_readers: TextReaders = None
    page_reader: PageReader = "pdfium"
    review_threshold: Threshold = choices.DEFAULT_THRESHOLD
    profile: Annotated[Path | None, Option("--profile", metavar="FILE.yaml", show_default=False)] = None
    jobs: Annotated[int, Option("--jobs", "-j", metavar="N", min=1, max=256)] = 1
    crops: Crops = False
    cluster: Annotated[str | None, Option("--cluster", metavar="ADDRESS", show_default=False)] = None
    memory_limit: MemoryLimit = choices.MEMORY_LIMIT
    time_limit: TimeLimit = choices.TIME_LIMIT


@dataclass(frozen=True, kw_only=True)
class Status(Call):
    """Show the state of a store."""

    exit_codes: ClassVar[tuple[int, ...]] = (0, 1, 2, 4, 6)
    store: Annotated[str, Argument(metavar="STORE")]
    as_json: Annotated[bool, Option("--json")] = False


@dataclass(frozen=True, kw_only=True)
class Diff(LoggedCall):
    """Compare two results; without `output` nothing is written."""

    exit_codes: ClassVar[tuple[int, ...]] = (0, 1, 2, 3, 4, 5, 6)
    reads: ClassVar[Reads] = {"a": TAKEN["lampiran diff"], "b": TAKEN["lampiran diff"]}
    a: Annotated[Path, Argument(metavar="A")]
    b: Annotated[Path, Argument(metavar="B")]
    output: OptionalOutput = None
    fail_on_change: Annotated[bool, Option("--fail-on-change")] = False
    force: Force = False
    spreadsheet_safe: SpreadsheetSafe = True
    text_readers: TextReaders = None
    name: Name = None


@dataclass(frozen=True, kw_only=True)
class Due(LoggedCall):
    """List what is due in a month; without `month` in the current one."""

    exit_codes: ClassVar[tuple[int, ...]] = (0, 1, 2, 4, 5, 6)
    reads: ClassVar[Reads] = {"results": TAKEN["lampiran due"]}
    results: Annotated[list[Path], Argument(metavar="RESULT")]
    month: Annotated[str | None, Option("--month", metavar="MONTH", show_default=False)] = None
    team: Annotated[str | None, Option("--team", metavar="TEAM", show_default=False)] = None
    area: Annotated[int | None, Option("--area", metavar="N", show_default=False)] = None
    year: Annotated[int | None, Option("--year", metavar="YEAR", min=1945, max=2999, show_default=False)] = (
        None
    )
    as_json: Annotated[bool, Option("--json")] = False
    ics: Annotated[Path | None, Option("--ics", metavar="FILE.ics", show_default=False)] = None
    text_readers: TextReaders = None


@dataclass(frozen=True, kw_only=True)
class Dashboard(LoggedCall):
    """Show many results side by side on pages of their own."""

    exit_codes: ClassVar[tuple[int, ...]] = (0, 1, 2, 4, 6, 130)
    reads: ClassVar[Reads] = {"stored": TAKEN["lampiran dashboard"]}
    stored: Annotated[list[Path], Argument(metavar="STORE|RESULT")]
    output: Output = Path("out/dashboard")
    force: Force = False


@dataclass(frozen=True, kw_only=True)
class Audit(LoggedCall):
    """Compare a transcription with its decree, draw a sample or have one judged, or check an evidence pack."""

    exit_codes: ClassVar[tuple[int, ...]] = (0, 1, 2, 3, 4, 5, 6)
    reads: ClassVar[Reads] = {
        "decree": NONE_OF_OURS,
        "transcription": TAKEN["lampiran audit DECREE"],
        "judged": TAKEN["lampiran audit --judged"],
        "check_pack": NONE_OF_OURS,
    }
    decree: Annotated[Path, Argument(metavar="DECREE")]
    transcription: Annotated[Path | None, Argument(metavar="TRANSCRIPTION", show_default=False)] = None
    output: Output = Path("out")
    fail_on: Annotated[Literal["critical"] | None, Option("--fail-on", show_default=False)] = None
    fail_under: Annotated[
        float | None, Option("--fail-under", metavar="SHARE", min=0.0, max=1.0, show_default=False)
    ] = None
    force: Force = False
    spreadsheet_safe: SpreadsheetSafe = True
    text_readers: TextReaders = None
    sample: Annotated[int | None, Option("--sample", metavar="N", min=1, show_default=False)] = None
    seed: Annotated[int, Option("--seed", metavar="S", min=0)] = 1
    sample_fields: Annotated[
        list[str] | None, Option("--sample-field", metavar="FIELD", show_default=False)
    ] = None
    judged: Annotated[Path | None, Option("--judged", metavar="FILE", show_default=False)] = None
    pack: Annotated[Path | None, Option("--pack", metavar="FILE.zip", show_default=False)] = None
    pack_inputs: Annotated[bool, Option("--pack-inputs")] = False
    check_pack: Annotated[Path | None, Option("--check-pack", metavar="FILE.zip", show_default=False)] = None
    name: Name = None


@dataclass(frozen=True, kw_only=True)
class Verify(LoggedCall):
    """Check electronic signatures; certificates are judged as of today unless `at` names a day."""

    exit_codes: ClassVar[tuple[int, ...]] = (0, 1, 2, 3, 4)
    reads: ClassVar[Reads] = {"files": NONE_OF_OURS}
    files: Files
    trust: Annotated[list[Path] | None, Option("--trust", metavar="PATH", show_default=False)] = None
    at: Annotated[
        datetime | None, Option("--at", metavar="DATE", formats=["%Y-%m-%d"], show_default=False)
    ] = None
    as_json: Annotated[bool, Option("--json")] = False
    require_valid: Annotated[bool, Option("--require-valid")] = False
    name: Name = None


@dataclass(frozen=True, kw_only=True)
class Profile(LoggedCall):
    """Show how the form of a table was understood; without `output` on stdout."""

    exit_codes: ClassVar[tuple[int, ...]] = (0, 1, 2, 4, 5, 6)
    reads: ClassVar[Reads] = {"file": NONE_OF_OURS}
    file: Annotated[Path, Argument(metavar="FILE")]
    output: OptionalOutput = None
    force: Force = False
    text_readers: TextReaders = None
    name: Name = None


@dataclass(frozen=True, kw_only=True)
class Schema(Call):
    """Print the JSON Schema or the table definitions."""

    tables: Annotated[bool, Option("--tables")] = False
    actions: Annotated[bool, Option("--actions")] = False
    verification: Annotated[bool, Option("--verification")] = False
    profile: Annotated[bool, Option("--profile")] = False
    audit: Annotated[bool, Option("--audit")] = False
    due: Annotated[bool, Option("--due")] = False


@dataclass(frozen=True, kw_only=True)
class Findings(Call):
    """Print the catalogue of findings."""

    markdown: Annotated[bool, Option("--markdown")] = False


@dataclass(frozen=True, kw_only=True)
class Coverage(Call):
    """Print what a plan touches and leaves out of the official sheet."""

    exit_codes: ClassVar[tuple[int, ...]] = (0, 1, 2, 4, 5)
    reads: ClassVar[Reads] = {"result": TAKEN["lampiran coverage"]}
    result: Annotated[Path, Argument(metavar="RESULT")]


@dataclass(frozen=True, kw_only=True)
class Completion(Call):
    """Print the script that completes commands and options in a shell."""

    exit_codes: ClassVar[tuple[int, ...]] = (0, 2)
    shell: Annotated[choices.Shell, Argument()]


@dataclass(frozen=True, kw_only=True)
class Doctor(Call):
    """Check the installation."""


@dataclass(frozen=True, kw_only=True)
class Review(LoggedCall):
    """Let people decide what waits in a result: on a local page, in a workbook, or on the terminal."""

    exit_codes: ClassVar[tuple[int, ...]] = (0, 1, 2, 3, 4, 6, 130)
    reads: ClassVar[Reads] = {"result": TAKEN["lampiran review"], "merge": TAKEN["lampiran review --merge"]}
    result: Annotated[Path, Argument(metavar="RESULT")]
    source: Annotated[Path | None, Option("--source", metavar="FILE", show_default=False)] = None
    by: Annotated[str | None, Option("--by", metavar="NAME", show_default=False)] = None
    export: Annotated[Path | None, Option("--export", metavar="FILE.xlsx", show_default=False)] = None
    import_: Annotated[Path | None, Option("--import", metavar="FILE.xlsx", show_default=False)] = None
    merge: Annotated[list[Path] | None, Option("--merge", metavar="FILE.json", show_default=False)] = None
    terminal: Annotated[bool, Option("--terminal")] = False
    browser: Annotated[bool, Option("--browser/--no-browser")] = True
    host: Annotated[str, Option("--host")] = "127.0.0.1"
    port: Annotated[int, Option("--port", min=0, max=65535)] = 0
    allow_remote: Annotated[bool, Option("--allow-remote")] = False
    force: Force = False
    spreadsheet_safe: SpreadsheetSafe = True


@dataclass(frozen=True, kw_only=True)
class Publish(LoggedCall):
    """Publish results to a database, or as files for many decrees."""

    exit_codes: ClassVar[tuple[int, ...]] = (0, 1, 2, 4, 6, 130)
    reads: ClassVar[Reads] = {"results": TAKEN["lampiran publish"]}
    results: Annotated[list[Path], Argument(metavar="RESULT")]
    to: Annotated[str, Option("--to", metavar="TARGET")]
    schema: Annotated[str | None, Option("--schema", metavar="NAME", show_default=False)] = None
    password_file: Annotated[Path | None, Option("--password-file", metavar="FILE", show_default=False)] = (
        None
    )
    prune: Annotated[bool, Option("--prune")] = False
    crops: Annotated[Path | None, Option("--crops", metavar="DIR", show_default=False)] = None
    source: Annotated[Path | None, Option("--source", metavar="DIR", show_default=False)] = None


# In the order of the help.
COMMANDS: tuple[type[Call], ...] = (
    Extract, Ingest, Status, Review, Due, Publish, Dashboard, Profile, Tables, Coverage, Diff, Audit, Verify, Schema, Findings, Completion, Doctor,
)  # fmt: skip
