"""A decree's file and settings -> the profile of its form: on stdout, or in a folder; one exit code."""

from __future__ import annotations

from pathlib import Path

import typer

from lampiran.cli.extract import DONE, check_readers
from lampiran.cli.output import check_output
from lampiran.cli.progress import progress_bar
from lampiran.cli.summary import written_lines
from lampiran.cli.texts import Texts
from lampiran.log import LogLevel, start_log
from lampiran.page_states import PARTLY_READ, is_partly_read
from lampiran.pipeline import read
from lampiran.profile.build import profile_of
from lampiran.profile.text import to_yaml
from lampiran.profile.writing import FOLDER, write_profile
from lampiran.publish.labels import label
from lampiran.publish.slug import slug_of
from schema.base import Frozen
from schema.errors import Language
from schema.findings import Message
from schema.profile import Profile


class ProfileSettings(Frozen):
    """How `lampiran profile` goes.

    `output` gets a folder named by the file's slug, `None`: the YAML goes to stdout. `force` also replaces another
    profile, and one that was changed by hand.
    """

    output: Path | None = None
    force: bool = False
    text_readers: tuple[str, ...] | None = None
    language: Language = "en"
    log_level: LogLevel = "warning"


def profile_command(file: Path, settings: ProfileSettings) -> int:
    """Read a decree and show the profile of its form; the summary goes to stderr where the YAML is on stdout.

    Raises `OutputError` before anything is read if the output folder cannot be used, `InputError` or `NoPlanError` for
    a file that cannot be read or holds no plan.
    """
    start_log(settings.log_level)
    texts = Texts(settings.language)
    check_readers(settings.text_readers)
    folder = settings.output / slug_of(file.stem) if settings.output else None
    if folder is not None and settings.output is not None:
        check_output(settings.output, texts)
        FOLDER.check_place(folder, force=settings.force)
    with progress_bar(1, texts) as bar:
        result = read(file, text_readers=settings.text_readers, progress=bar)
    profile = profile_of(result.plan)
    lines = [f"{file}", *form_lines(profile, texts)]
    if folder is None:
        typer.echo("\n".join(lines), err=True)
        typer.echo(to_yaml(profile, language=settings.language), nl=False)
    else:
        written = write_profile(result, profile, folder, force=settings.force, language=settings.language)
        lines += written_lines(written, texts)
        typer.echo("\n".join(lines))
    return PARTLY_READ if is_partly_read(result.plan.findings) else DONE


def form_lines(profile: Profile, texts: Texts) -> list[str]:
    """Return a line a form: its columns, kinds of schedule and areas, and how many columns a person should check."""
    return [
        "  "
        + texts.say(
            "profile_form",
            number=number,
            columns=len(form.columns),
            schedule=_in(label("schedule_kind", form.schedule), texts),
            areas=_in(label("area_kind", form.areas), texts),
            doubtful=sum(c.certainty != "certain" or c.role == "unknown" for c in form.columns),
        )
        for number, form in enumerate(profile.forms, 1)
    ]


def _in(message: Message, texts: Texts) -> str:
    return message.id if texts.language == "id" else message.en
