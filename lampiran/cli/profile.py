"""A call with a decree's file -> the profile of its form, on stdout or in a folder; one exit code."""

from __future__ import annotations

from collections.abc import Iterator

from lampiran.cli.exits import code_of_findings
from lampiran.cli.options import Profile
from lampiran.cli.output import check_output
from lampiran.cli.progress import progress_bar
from lampiran.cli.readers import check_readers
from lampiran.cli.summary import print_summary, written_lines
from lampiran.cli.terminal import show
from lampiran.cli.texts import Texts
from lampiran.pipeline import read
from lampiran.profile.build import profile_of
from lampiran.profile.picture import is_doubtful
from lampiran.profile.text import to_yaml
from lampiran.profile.writing import FOLDER, write_profile
from lampiran.publish.labels import label
from lampiran.publish.slug import slug_of
from schema.profile import ProfileForm


def run(call: Profile, texts: Texts) -> int:
    """Read a decree and show the profile of its form; the summary goes to stderr where the YAML is on stdout.

    Raises `OutputError` before anything is read if the output folder cannot be used, `InputError` or `NoPlanError` for
    a file that cannot be read or holds no plan.
    """
    check_readers(call.text_readers)
    folder = call.output / slug_of(call.file.stem) if call.output else None
    if folder is not None:
        check_output(folder.parent, texts)
        FOLDER.check_place(folder, force=call.force)
    with progress_bar(1, texts, quiet=call.quiet) as bar:
        result = read(call.file, text_readers=call.text_readers, progress=bar)
    profile = profile_of(result.plan)
    lines = [f"{call.file}", *_form_lines(profile.forms, texts)]
    if folder is None:
        print_summary(call, lines, err=True)
        show(to_yaml(profile, language=texts.language), end=False)
    else:
        written = write_profile(result, profile, folder, force=call.force, language=texts.language)
        print_summary(call, [*lines, *written_lines(written, texts)])
    return code_of_findings(result.plan.findings)


def _form_lines(forms: tuple[ProfileForm, ...], texts: Texts) -> Iterator[str]:
    """Yield a line per form: its columns, kinds of schedule and areas, and how many columns a person should check."""
    for number, form in enumerate(forms, 1):
        said = texts.say(
            "profile_form",
            number=number,
            columns=len(form.columns),
            schedule=label("schedule_kind", form.schedule).text(texts.language),
            areas=label("area_kind", form.areas).text(texts.language),
            doubtful=sum(map(is_doubtful, form.columns)),
        )
        yield f"  {said}"
