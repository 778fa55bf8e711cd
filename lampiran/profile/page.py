"""A profile and the reading it came from -> `profile.html`, a self-contained page for people."""

from __future__ import annotations

from dataclasses import dataclass

from lampiran.profile.picture import FormPicture, form_picture, is_doubtful, role_label, runs_of
from lampiran.profile.text import to_yaml
from lampiran.publish.html import asset, assets, page_bytes
from lampiran.publish.labels import label
from lampiran.result import Result
from schema.choices import Language
from schema.findings import Finding, Message, gravest_first
from schema.profile import Profile, ProfileColumn, ProfileForm


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column, or adjacent columns of periods, as the page shows it."""

    numbers: str
    first: ProfileColumn
    last: ProfileColumn
    role: Message
    rivals: tuple[Message, ...]
    doubtful: bool


@dataclass(frozen=True, slots=True)
class FormView:
    """A form as the page shows it."""

    form: ProfileForm
    picture: FormPicture | None
    columns: tuple[ColumnView, ...]


def profile_html(result: Result, profile: Profile, *, language: Language = "id") -> bytes:
    """Return the page as UTF-8 bytes; `language` is the one it opens in.

    Pictures, style and script are inside, and a content security policy allows nothing else.
    """
    views = [_view(form, result) for form in profile.forms]
    return page_bytes(
        "profile/profile.html.j2",
        style=assets("tables/tables.css", "profile/profile.css"),
        script=asset("language.js"),
        plan=result.plan,
        language=language,
        views=views,
        doubts=sum(view.doubtful for shown in views for view in shown.columns),
        findings=_findings(result),
        yaml=to_yaml(profile, language=language),
    )


def _view(form: ProfileForm, result: Result) -> FormView:
    columns = []
    for run in runs_of(form.columns):
        own = [form.columns[n] for n in run]
        numbers = "–".join(str(n + 1) for n in dict.fromkeys((run[0], run[-1])))
        rivals = tuple(label("role", role) for role in own[0].rivals)
        columns.append(ColumnView(numbers, own[0], own[-1], role_label(own), rivals, is_doubtful(own[0])))
    return FormView(form, form_picture(result, form), tuple(columns))


def _findings(result: Result) -> list[Finding]:
    """Return what was found about the form, the gravest first; mechanical findings are left out."""
    about = (f for f in result.plan.findings if f.code.startswith(("column-", "form-")))
    return gravest_first(f for f in about if f.severity != "info" or f.code == "column-unknown")
