"""A Profile -> `profile.yaml`, with what a person needs to know to change it as comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import yaml

from lampiran.profile.settings import FILE
from lampiran.publish.labels import label
from schema.choices import Language
from schema.profile import Profile, ProfileColumn, ProfileForm, ProfileSchedule
from schema.roles import ROLES


def to_yaml(profile: Profile, *, language: Language = "id") -> str:
    """Return the text of `profile.yaml`; its comments are in one language, and its values the same in both.

    Equal profiles give equal texts, and `from_yaml` gives back an equal profile.
    """
    return "\n".join(_lines(profile, language)) + "\n"


def _lines(profile: Profile, language: Language) -> Iterator[str]:
    for key in ("about", "edit", "give_back"):
        yield f"# {_say(key, language)}"
    roles = ", ".join(ROLES)
    yield f"# {_say('roles', language)}: {roles}"
    yield f"profile: {profile.profile}"
    if profile.source:
        yield "source:"
        yield f"  name: {_scalar(profile.source.name)}"
        yield f"  sha256: {_scalar(profile.source.sha256)}"
    yield "forms:"
    for number, form in enumerate(profile.forms, 1):
        yield f"# {_say('form', language)} {number}: {len(form.columns)} {_say('columns', language)}"
        yield from _form_lines(form, language)


def _form_lines(form: ProfileForm, language: Language) -> Iterator[str]:
    facts = {
        "schedule": (form.schedule, ", ".join(get_args(ProfileSchedule))),
        "areas": (form.areas, _say("areas_are", language)),
        "components": (form.components, _say("components_are", language)),
        "levels": (form.levels, _say("levels_are", language)),
        "marks": (list(form.marks) or None, _say("marks_are", language)),
    }
    known = {key: fact for key, fact in facts.items() if fact[0] is not None}
    lines = [_noted(f"  {key}: {_scalar(value)}", said) for key, (value, said) in known.items()]
    first, *rest = [*lines, "  columns:"]
    yield f"-{first[1:]}"
    yield from rest
    for number, column in enumerate(form.columns, 1):
        yield from _column_lines(column, number, language)


def _column_lines(column: ProfileColumn, number: int, language: Language) -> Iterator[str]:
    """Yield the lines of a column; what is as in most columns is left out."""
    yield _noted(f"  - name: {_scalar(column.name)}", str(number))
    yield _noted(f"    role: {column.role}", _why(column, language))
    usual = {"certainty": "certain", "why": "name"}
    for key in ("period_type", "period", "head", "certainty", "why", "rivals"):
        value = getattr(column, key)
        if value and value != usual.get(key):
            yield f"    {key}: {_scalar(list(value)) if isinstance(value, tuple) else value}"


def _why(column: ProfileColumn, language: Language) -> str:
    said = f"{_word('certainty', column.certainty, language)}, {_word('why', column.why, language)}"
    if column.role == "unknown":
        return _say("unknown_role", language)
    return said if column.certainty == "certain" else f"{_say('check', language)}: {said}"


def _noted(line: str, note: str) -> str:
    return f"{line:<{FILE.comment_at}}  # {note}"


def _say(key: str, language: Language) -> str:
    return _word("profile_yaml", key, language)


def _word(group: str, key: str, language: Language) -> str:
    return label(group, key).text(language)


def _scalar(value: object) -> str:
    """Return a value as YAML in one line; texts that would be taken for something else are quoted."""
    if isinstance(value, list):
        return f"[{', '.join(map(_scalar, value))}]"
    style = '"' if isinstance(value, str) and not value.isprintable() else None
    text = yaml.safe_dump(
        [value], allow_unicode=True, default_flow_style=True, default_style=style, width=float("inf")
    )
    return str(text).strip()[1:-1]
