"""A template, style and script of `lampiran/data` -> one self-contained page for people; every page is made here."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from lampiran.data import data_text
from lampiran.publish.labels import both, counted, label, word


def asset(name: str) -> str:
    """Return a style sheet or a script by its place below `lampiran/data`, as `report/report.css`."""
    return data_text(name).strip()


def assets(*names: str) -> str:
    """Return several of one kind as one."""
    return "\n".join(asset(name) for name in names)


def page_bytes(template: str, *, style: str, script: str, **values: object) -> bytes:
    """Return a page as UTF-8 bytes: a template below `lampiran/data`, as `report/report.html.j2`, with its values.

    Style and script are part of the page, and a content security policy (`policy`) allows nothing else, so text of a
    decree cannot run even where it looks like a program. Both must be our own: they are not escaped. A template knows
    `both`, `word`, `counted` and `label` besides what it is given.
    """
    return filled(template, style, script, content_policy(style, script), values)


def filled(template: str, style: str, script: str, policy: str, values: Mapping[str, object]) -> bytes:
    """Return a page as `page_bytes` does, under a policy of its own."""
    page = _environment().get_template(template)
    return page.render(
        style=Markup(style),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704 - our own files
        policy=policy,
        **values,
    ).encode("utf-8")


def content_policy(style: str, script: str, *, same_origin: bool = False, beside: bool = False) -> str:
    """Return a content security policy that allows this style, this script and pictures in the page.

    `same_origin` also allows pictures of, and calls to, the server that the page came from; `beside` also allows
    scripts and pictures from where the page lies, a folder or a server.
    """
    styles, scripts = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii") for text in (style, script)
    )
    allowed = f"style-src 'sha256-{styles}'; script-src 'sha256-{scripts}'"
    allowed += " 'self' file:; img-src data: 'self' file:" if beside else "; img-src data:"
    if same_origin:
        allowed += " 'self'; connect-src 'self'"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


@cache
def _environment() -> Environment:
    """Return the templates below `lampiran/data`, which escape what they are given."""
    made = Environment(
        loader=PackageLoader("lampiran", "data"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(both=both, word=word, label=label, counted=counted)
    return made
