"""Words for people: turns a key into its Indonesian and English label, from `data/report/labels.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from schema.catalogue import catalogue
from schema.findings import Message


@cache
def labels(group: str) -> Mapping[str, Message]:
    """Return the labels of one group (`report`, `severity`, `month`, ...) by key."""
    raw = tomllib.loads(files("lampiran").joinpath("data/report/labels.toml").read_text(encoding="utf-8"))
    return {key: Message(id=pair[0], en=pair[1]) for key, pair in raw[group].items()}


def label(group: str, key: object) -> Message:
    """Return one label; a key (a word, or a period's number) without a label stands for itself."""
    name = str(key)
    return labels(group).get(name) or Message(id=name, en=name)


def finding_title(code: str) -> Message:
    """Return the catalogue's title of a kind of finding, or the code where it is not catalogued."""
    entry = catalogue().get(code)
    return entry.title if entry else Message(id=code, en=code)


def field_label(name: str) -> Message:
    """Return the label of a field; a part of one, such as `legal_basis.6`, keeps what follows the point."""
    whole, _, part = name.partition(".")
    found = label("field", whole)
    return Message(id=f"{found.id} {part}".strip(), en=f"{found.en} {part}".strip())


def both(message: Message) -> Markup:
    """Return a message in both languages, of which the page shows one."""
    if message.id == message.en:
        return Markup("<span>{}</span>").format(message.id)
    return Markup('<span class="l-id" lang="id">{}</span><span class="l-en" lang="en">{}</span>').format(
        message.id, message.en
    )


def word(group: str, key: object) -> Markup:
    """Return a label of `labels.toml` in both languages."""
    return both(label(group, key))
