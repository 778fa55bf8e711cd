"""A key -> its Indonesian and English label, from `data/report/labels.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from markupsafe import Markup

from lampiran.data import data_toml
from schema.catalogue import catalogue
from schema.catalogue import field_label as named
from schema.findings import Message

_PLURAL = re.compile(r"\{n:([^|}]*)\|([^}]*)\}")


@cache
def labels(group: str) -> Mapping[str, Message]:
    """Return the labels of one group (`report`, `severity`, `month`, ...) by key."""
    return {key: Message.of(*pair) for key, pair in data_toml("report/labels.toml")[group].items()}


def label(group: str, key: object) -> Message:
    """Return one label; a key (a word, or a period's number) without a label is its own label."""
    name = str(key)
    return labels(group).get(name) or Message.of(name)


def finding_title(code: str) -> Message:
    """Return the title of a kind of finding, or the code if the catalogue does not hold it."""
    entry = catalogue().get(code)
    return entry.title if entry else Message.of(code)


def field_label(name: str) -> Message:
    """Return the label of a field; a part of one, such as `legal_basis.6`, keeps what follows the point."""
    return named(name) if "." in name else label("field", name)


def counted(group: str, key: object, n: int) -> Markup:
    """Return a label in both languages; `{n:row|rows}` in it is the word that goes with the number."""
    said = label(group, key)
    return both(Message.of(*(_PLURAL.sub(r"\1" if n == 1 else r"\2", text) for text in (said.id, said.en))))


def both(message: Message) -> Markup:
    """Return a message in both languages; the page shows one of them."""
    if message.id == message.en:
        return Markup("<span>{}</span>").format(message.id)
    return Markup('<span class="l-id" lang="id">{}</span><span class="l-en" lang="en">{}</span>').format(
        message.id, message.en
    )


def word(group: str, key: object) -> Markup:
    """Return a label of `labels.toml` in both languages."""
    return both(label(group, key))
