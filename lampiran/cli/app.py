"""The words of a call -> a command and its exit code. Holds no work of its own, so that help comes at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lampiran.cli.texts import Texts
from lampiran.language import language_of
from schema.review import DEFAULT_THRESHOLD

INTERRUPTED, NO_COMMAND = 130, 2


class Lang(StrEnum):
    """The languages of messages."""

    id = "id"
    en = "en"


class LogLevelName(StrEnum):
    """The levels of the log."""

    debug = "debug"
    info = "info"
    warning = "warning"
    error = "error"


class TextReaderName(StrEnum):
    """The recognisers that can be asked on scanned pages."""

    rapidocr = "rapidocr"
    tesseract = "tesseract"


class PageReaderName(StrEnum):
    """Who reads the digital pages of a PDF."""

    pdfium = "pdfium"
    pdfplumber = "pdfplumber"


class FailOnName(StrEnum):
    """What can make a run that ended well fail."""

    review = "review"


Language = Annotated[Lang | None, typer.Option("--lang", show_default=False)]
LogLevel = Annotated[LogLevelName, typer.Option("--log-level")]


def show_version(asked: bool) -> None:
    """Print the version and end."""
    if asked:
        from lampiran.version import __version__

        typer.echo(f"lampiran {__version__}")
        raise typer.Exit


def start(
    context: typer.Context,
    language: Language = None,
    version: Annotated[  # noqa: ARG001 - its callback has done the work
        bool, typer.Option("--version", callback=show_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options that stand before the command; without a command show the help."""
    context.obj = language
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(NO_COMMAND)


def extract(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR")] = Path("out"),
    second_reader: Annotated[bool, typer.Option("--second-reader")] = False,
    fail_on: Annotated[FailOnName | None, typer.Option("--fail-on", show_default=False)] = None,
    force: Annotated[bool, typer.Option("--force")] = False,
    spreadsheet_safe: Annotated[bool, typer.Option("--spreadsheet-safe")] = False,
    text_readers: Annotated[
        list[TextReaderName] | None, typer.Option("--text-reader", show_default=False)
    ] = None,
    page_reader: Annotated[PageReaderName, typer.Option("--page-reader")] = PageReaderName.pdfium,
    review_threshold: Annotated[
        float, typer.Option("--review-threshold", min=0.0, max=1.0)
    ] = DEFAULT_THRESHOLD,
    profile: Annotated[
        Path | None, typer.Option("--profile", metavar="FILE.yaml", show_default=False)
    ] = None,
    language: Language = None,
    log_level: LogLevel = LogLevelName.warning,
) -> None:
    """Read decrees and write their data."""
    from lampiran.cli.extract import extract_command
    from lampiran.settings import settings_from

    flags = {
        "output": output,
        "second_reader": second_reader,
        "fail_on": fail_on,
        "force": force,
        "spreadsheet_safe": spreadsheet_safe,
        "text_readers": tuple(reader.value for reader in text_readers) if text_readers else None,
        "page_reader": page_reader.value,
        "review_threshold": review_threshold,
        "profile": profile,
        "language": language or context.obj,
        "log_level": log_level,
    }
    raise typer.Exit(extract_command(files, settings_from(flags, os.environ)))


def tables(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR")] = Path("out/tables"),
    fill_spans: Annotated[bool, typer.Option("--fill-spans")] = False,
    spreadsheet_safe: Annotated[bool, typer.Option("--spreadsheet-safe")] = False,
    fail_on: Annotated[FailOnName | None, typer.Option("--fail-on", show_default=False)] = None,
    force: Annotated[bool, typer.Option("--force")] = False,
    text_readers: Annotated[
        list[TextReaderName] | None, typer.Option("--text-reader", show_default=False)
    ] = None,
    page_reader: Annotated[PageReaderName, typer.Option("--page-reader")] = PageReaderName.pdfium,
    review_threshold: Annotated[
        float, typer.Option("--review-threshold", min=0.0, max=1.0)
    ] = DEFAULT_THRESHOLD,
    language: Language = None,
    log_level: LogLevel = LogLevelName.warning,
) -> None:
    """Read the ruled tables of PDFs of any kind and write them."""
    from lampiran.cli.tables import tables_command
    from lampiran.settings import settings_from

    flags = {
        "output": output,
        "fill_spans": fill_spans,
        "spreadsheet_safe": spreadsheet_safe,
        "fail_on": fail_on,
        "force": force,
        "text_readers": tuple(reader.value for reader in text_readers) if text_readers else None,
        "page_reader": page_reader.value,
        "review_threshold": review_threshold,
        "language": language or context.obj,
        "log_level": log_level,
    }
    raise typer.Exit(tables_command(files, settings_from(flags, os.environ)))


def diff(
    context: typer.Context,
    a: Annotated[Path, typer.Argument(metavar="A")],
    b: Annotated[Path, typer.Argument(metavar="B")],
    diff_output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", show_default=False)
    ] = None,
    fail_on_change: Annotated[bool, typer.Option("--fail-on-change")] = False,
    replace: Annotated[bool, typer.Option("--force")] = False,
    spreadsheet_safe: Annotated[bool, typer.Option("--spreadsheet-safe")] = False,
    text_readers: Annotated[
        list[TextReaderName] | None, typer.Option("--text-reader", show_default=False)
    ] = None,
    language: Language = None,
    log_level: LogLevel = LogLevelName.warning,
) -> None:
    """Compare two results."""
    from lampiran.cli.diff import DiffSettings, diff_command

    settings = DiffSettings(
        output=diff_output,
        fail_on_change=fail_on_change,
        force=replace,
        text_readers=tuple(reader.value for reader in text_readers) if text_readers else None,
        spreadsheet_safe=spreadsheet_safe,
        language=language_of(language or context.obj, os.environ),
        log_level=log_level.value,
    )
    raise typer.Exit(diff_command(a, b, settings))


def audit(
    context: typer.Context,
    decree: Annotated[Path, typer.Argument(metavar="DECREE")],
    transcription: Annotated[Path | None, typer.Argument(metavar="TRANSCRIPTION", show_default=False)] = None,
    audit_output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR")] = Path("out"),
    fail_under: Annotated[
        float | None, typer.Option("--fail-under", metavar="SHARE", min=0.0, max=1.0, show_default=False)
    ] = None,
    audit_force: Annotated[bool, typer.Option("--force")] = False,
    spreadsheet_safe: Annotated[bool, typer.Option("--spreadsheet-safe")] = False,
    text_readers: Annotated[
        list[TextReaderName] | None, typer.Option("--text-reader", show_default=False)
    ] = None,
    sample: Annotated[int | None, typer.Option("--sample", metavar="N", min=1, show_default=False)] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="S", min=0)] = 1,
    sample_fields: Annotated[
        list[str] | None, typer.Option("--sample-field", metavar="FIELD", show_default=False)
    ] = None,
    judged: Annotated[Path | None, typer.Option("--judged", metavar="FILE", show_default=False)] = None,
    pack: Annotated[Path | None, typer.Option("--pack", metavar="FILE.zip", show_default=False)] = None,
    pack_inputs: Annotated[bool, typer.Option("--pack-inputs")] = False,
    check_pack: Annotated[
        Path | None, typer.Option("--check-pack", metavar="FILE.zip", show_default=False)
    ] = None,
    language: Language = None,
    log_level: LogLevel = LogLevelName.warning,
) -> None:
    """Hold a transcription against its decree."""
    from lampiran.cli.audit import AuditSettings, audit_command

    settings = AuditSettings(
        output=audit_output,
        fail_under=fail_under,
        force=audit_force,
        spreadsheet_safe=spreadsheet_safe,
        text_readers=tuple(reader.value for reader in text_readers) if text_readers else None,
        sample=sample,
        seed=seed,
        sample_fields=tuple(sample_fields or ()),
        judged=judged,
        pack=pack,
        pack_inputs=pack_inputs,
        check_pack=check_pack,
        language=language_of(language or context.obj, os.environ),
        log_level=log_level.value,
    )
    raise typer.Exit(audit_command(decree, transcription, settings))


def verify(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE")],
    trust: Annotated[list[Path] | None, typer.Option("--trust", metavar="PATH", show_default=False)] = None,
    at: Annotated[
        datetime | None, typer.Option("--at", metavar="DATE", formats=["%Y-%m-%d"], show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    require_valid: Annotated[bool, typer.Option("--require-valid")] = False,
    language: Language = None,
    log_level: LogLevel = LogLevelName.warning,
) -> None:
    """Check electronic signatures."""
    from lampiran.cli.verify import Asked, verify_command

    asked = Asked(
        trust=tuple(trust or ()),
        at=at.date() if at else None,
        as_json=as_json,
        require_valid=require_valid,
        log_level=log_level.value,
    )
    raise typer.Exit(verify_command(files, asked, Texts(language_of(language or context.obj, os.environ))))


def profile(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    profile_output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", show_default=False)
    ] = None,
    profile_force: Annotated[bool, typer.Option("--force")] = False,
    text_readers: Annotated[
        list[TextReaderName] | None, typer.Option("--text-reader", show_default=False)
    ] = None,
    language: Language = None,
    log_level: LogLevel = LogLevelName.warning,
) -> None:
    """Show how the form of a table was understood."""
    from lampiran.cli.profile import ProfileSettings, profile_command

    settings = ProfileSettings(
        output=profile_output,
        force=profile_force,
        text_readers=tuple(reader.value for reader in text_readers) if text_readers else None,
        language=language_of(language or context.obj, os.environ),
        log_level=log_level.value,
    )
    raise typer.Exit(profile_command(file, settings))


def schema(
    tables: Annotated[bool, typer.Option("--tables")] = False,
    verification: Annotated[bool, typer.Option("--verification")] = False,
    form_profile: Annotated[bool, typer.Option("--profile")] = False,
    audit_schema: Annotated[bool, typer.Option("--audit")] = False,
    language: Language = None,  # noqa: ARG001 - read before the call is parsed, see `run`
) -> None:
    """Print the JSON Schema or the table definitions."""
    from lampiran.cli.contract import print_schema

    print_schema(tables=tables, verification=verification, profile=form_profile, audit=audit_schema)


def findings(
    context: typer.Context,
    markdown: Annotated[bool, typer.Option("--markdown")] = False,
    language: Language = None,
) -> None:
    """Print the catalogue of findings."""
    from lampiran.cli.contract import print_findings

    print_findings(Texts(language_of(language or context.obj, os.environ)), markdown=markdown)


def coverage(
    context: typer.Context,
    result: Annotated[Path, typer.Argument(metavar="RESULT")],
    language: Language = None,
) -> None:
    """Print what a plan touches and leaves out of the official sheet."""
    from lampiran.cli.coverage import coverage_command

    coverage_command(result, Texts(language_of(language or context.obj, os.environ)))


def doctor(context: typer.Context, language: Language = None) -> None:
    """Check the installation."""
    from lampiran.cli.doctor import examine

    raise typer.Exit(examine(Texts(language_of(language or context.obj, os.environ))))


def build_app(texts: Texts) -> typer.Typer:
    """Put the commands together, with their help in one language."""
    app = typer.Typer(
        name="lampiran",
        help=texts.command("main"),
        add_completion=False,
        invoke_without_command=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback(help=texts.command("main"))(start)
    for command in (extract, profile, tables, coverage, diff, audit, verify, schema, findings, doctor):
        app.command(command.__name__, help=texts.command(command.__name__))(command)
    return app


def asked_language(arguments: Sequence[str]) -> str | None:
    """Find the value of `--lang` before the call is parsed: help is printed while it is parsed."""
    for word, following in zip(arguments, (*arguments, "")[1:], strict=True):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def set_help(app: typer.Typer, texts: Texts) -> Callable[..., object]:
    """Turn the app into a command whose options carry their help in the language of `texts`."""
    group = typer.main.get_command(app)
    for command in (group, *getattr(group, "commands", {}).values()):
        for option in command.params:
            option.help = texts.option(option.name) or getattr(option, "help", None)
    return group.main


def run(arguments: Sequence[str]) -> int:
    """Run one call and return its exit code (docs/errors.md)."""
    texts = Texts(language_of(asked_language(arguments), os.environ))
    main = set_help(build_app(texts), texts)
    try:
        main(args=list(arguments), prog_name="lampiran")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the one place where an error becomes an exit code
        return exit_code_of(error, texts)
    return 0


def exit_code_of(error: Exception, texts: Texts) -> int:
    """Say one sentence about an error on stderr and return its exit code."""
    from schema.errors import LampiranError

    if isinstance(error, LampiranError):
        typer.echo(f"lampiran: {error.text(texts.language)}", err=True)
        return error.exit_code
    sentence = texts.say("unexpected", file="lampiran", kind=type(error).__name__, error=error)
    typer.echo(f"lampiran: {sentence}", err=True)
    return LampiranError.exit_code
