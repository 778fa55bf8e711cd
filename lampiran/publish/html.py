"""The room all pages for people are made in: a template, style and script of `lampiran/data` -> one self-contained page."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from lampiran.publish.content_policy import content_policy
from lampiran.publish.labels import both, label, word


@cache
def asset(name: str) -> str:
    """Return a style sheet or a script by its place below `lampiran/data`, as `report/report.css`."""
    return files("lampiran").joinpath("data", name).read_text(encoding="utf-8").strip()


def assets(*names: str) -> str:
    """Return several of one kind as one."""
    return "\n".join(asset(name) for name in names)


def page_bytes(template: str, *, style: str, script: str, **values: object) -> bytes:
    """Return a page as UTF-8 bytes: a template below `lampiran/data`, as `report/report.html.j2`, with its values.

    Style and script stand inside, and a content security policy (`policy`) allows nothing else, so text of a decree
    cannot run even where it looks like a program. Both must be our own: they are not escaped. A template knows
    `both`, `word` and `label` besides what it is given.
    """
    folder, _, name = template.rpartition("/")
    page = (
        _environment(folder)
        .get_template(name)
        .render(
            style=Markup(style),  # noqa: S704 - our own files
            script=Markup(script),  # noqa: S704 - our own files
            policy=content_policy(style, script),
            **values,
        )
    )
    return page.encode("utf-8")


@cache
def _environment(folder: str) -> Environment:
    """Return the templates of a folder below `lampiran/data`, which escape what they are given."""
    made = Environment(
        loader=PackageLoader("lampiran", f"data/{folder}"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(both=both, word=word, label=label)
    return made
