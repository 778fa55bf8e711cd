"""What may go wrong with one page of a document whose other pages can be read."""

from __future__ import annotations


class PageNotReadableError(Exception):
    """A page's content cannot be read; the document's other pages can.

    Stays inside `extract`, which turns it into a `page-not-read` finding. `reason_id`, `reason_en` are
    the reason in both languages, as the end of a sentence.
    """

    def __init__(self, *, reason_id: str, reason_en: str) -> None:
        super().__init__(reason_en)
        self.reason_id = reason_id
        self.reason_en = reason_en
