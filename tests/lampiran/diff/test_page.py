"""The page as a file: self-contained, safe, in both languages."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from lampiran.diff.page import TAGS, diff_html, side_names
from schema.comparison import Comparison
from schema.errors import Language
from schema.plan import Action, Plan, Schedule

SCRIPT = "<script>alert('x')</script>"
LOADING = {"src", "href", "srcset", "action", "data", "poster", "background"}


class Elements(HTMLParser):
    """Collects every element with its attributes, and the text outside of tags."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def elements(page: bytes) -> Elements:
    parser = Elements()
    parser.feed(page.decode("utf-8"))
    return parser


@pytest.fixture(scope="module")
def found(
    make_row: Callable[..., Action],
    make_plan: Callable[..., Plan],
    make_months: Callable[..., Schedule],
    compared: Callable[[Plan, Plan], Comparison],
) -> Comparison:
    kept = make_row("Rapat evaluasi " + SCRIPT)
    old = [
        kept,
        make_row("Menata arsip inaktif", schedule=make_months(1, 2)),
        make_row("Melatih petugas loket"),
    ]
    new = [
        kept,
        make_row(
            "Menata boks arsip inaktif",
            indicator="Indikator Menata arsip inaktif",
            schedule=make_months(2, 3),
        ),
    ]
    a = make_plan(("Satu", old), year="2024", institution="KANTOR A")
    return compared(
        a, make_plan(("Satu", [*new, make_row("Mengundang ahli gizi")]), year="2025", institution="KANTOR A")
    )


def test_nothing_is_loaded_from_outside_the_page(found: Comparison) -> None:
    page = diff_html(found)
    for tag, attributes in elements(page).found:
        for name in LOADING & set(attributes):
            assert (attributes[name] or "").startswith("#"), (tag, attributes)
        assert tag not in {"link", "iframe", "object", "embed", "base", "img"}
        assert "style" not in attributes
    assert not re.search(rb"https?:|url\(|@import", page)


def test_the_policy_allows_only_what_is_in_the_page(found: Comparison) -> None:
    page = diff_html(found).decode("utf-8")
    policy = (
        next(a["content"] for t, a in elements(page.encode()).found if t == "meta" and a.get("http-equiv"))
        or ""
    )
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        text = page.split(f"<{tag}>")[1].split(f"</{tag}>")[0]
        assert f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}" in policy


def test_hostile_text_is_text(found: Comparison) -> None:
    page = diff_html(found)
    assert SCRIPT.encode() not in page
    parsed = elements(page)
    assert [tag for tag, _ in parsed.found].count("script") == 1
    assert SCRIPT in "".join(parsed.text)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_opens_in_the_chosen_language_and_holds_both(found: Comparison, language: Language) -> None:
    parsed = elements(diff_html(found, language=language))
    assert next(a for t, a in parsed.found if t == "html")["lang"] == language
    assert {"Langkah aksi", "Actions"} <= {text.strip() for text in parsed.text}


def test_every_action_has_its_place_and_links_hit(found: Comparison) -> None:
    parsed = elements(diff_html(found))
    ids = [a["id"] for _, a in parsed.found if "id" in a]
    assert len(ids) == len(set(ids))
    assert {f"n{action.n}" for action in found.actions} <= set(ids)
    assert {(a["href"] or "")[1:] for t, a in parsed.found if t == "a"} <= set(ids)


def test_each_action_is_found_under_its_kinds(found: Comparison) -> None:
    cards = [a for t, a in elements(diff_html(found)).found if t == "article" and "data-tags" in a]
    tags = [(a["data-tags"] or "").split() for a in cards]
    assert tags == [["same"], ["reworded", "moved_time"], ["gone"], ["new"]]
    assert {tag for own in tags for tag in own} <= set(TAGS)


def test_words_and_months_that_differ_are_marked(found: Comparison) -> None:
    page = diff_html(found).decode("utf-8")
    card = page.split('id="n2"')[1].split("</article>")[0]
    assert "<ins>boks</ins>" in card
    changed = re.findall(r'<li class="([\w-]+) changed"><span class="p-name">.*?>(\w+)</span>', card)
    assert changed == [("planned", "Jan"), ("not-planned", "Mar"), ("not-planned", "Jan"), ("planned", "Mar")]


def test_sides_are_called_by_what_tells_them_apart(found: Comparison) -> None:
    assert side_names(found) == ("A · 2024", "B · 2025")
    other = found.model_copy(update={"a": found.a.model_copy(update={"year": "2025", "office": "KANTOR B"})})
    assert side_names(other) == ("A · KANTOR B", "B · KANTOR A")
    same = found.model_copy(update={"a": found.b})
    assert side_names(same) == ("A · kantor.pdf", "B · kantor.pdf")
