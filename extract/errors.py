"""What may go wrong with a file, or with one page of a document whose other pages can be read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from schema.errors import InputError
from schema.findings import Message


class PageNotReadableError(Exception):
    """A page's content cannot be read; the document's other pages can.

    `extract` turns it into a `page-not-read` finding. `reason_id` and `reason_en` are the reason as the end of a
    sentence.
    """

    def __init__(self, *, reason_id: str, reason_en: str) -> None:
        super().__init__(reason_en)
        self.reason_id = reason_id
        self.reason_en = reason_en


def not_readable(reason: str) -> PageNotReadableError:
    """Return the error for a page that cannot be read, by its name in `errors.toml`."""
    said = reason_of(reason)
    return PageNotReadableError(reason_id=said.id, reason_en=said.en)


def reason_of(name: str) -> Message:
    """Return why a page is not read, or what of it is lost, by its name in `errors.toml`."""
    return Message(**_sentences()["pages"][name])


def refused(sentence: str, /, **parts: object) -> InputError:
    """Return the error for a file that cannot be read, by its name in `errors.toml`; `parts` fill it."""
    sentences = _sentences()["files"][sentence]
    return InputError(**{language: text.format(**parts) for language, text in sentences.items()})


@cache
def _sentences() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(files("extract").joinpath("errors.toml").read_text(encoding="utf-8"))
