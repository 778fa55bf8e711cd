"""The page for people: turns a comparison into the bytes of a self-contained `diff.html`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lampiran.alignment.wording import Span, marked
from lampiran.diff.actions import PLACE, TIME
from lampiran.publish.html import assets, page_bytes
from lampiran.publish.labels import field_label
from schema.comparison import ActionDelta, Comparison, CopyNote, TextDelta
from schema.errors import Language
from schema.findings import Message
from schema.periods import PER_YEAR

# What a reader can choose to see, in this order.
_ODD = ("reading", "spelling")
TAGS = ("reworded", "moved_place", "moved_time", "new", "gone", "reading", "copied", "same")


@dataclass(frozen=True, slots=True)
class TextView:
    """A field as the page shows it: both sides with their words marked."""

    delta: TextDelta
    label: Message
    a: tuple[Span, ...]
    b: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action as the page shows it.

    `tags` are those of `TAGS` it is found under, `different` its fields that differ, `equal` those that do not.
    """

    delta: ActionDelta
    tags: tuple[str, ...]
    different: tuple[TextView, ...]
    equal: tuple[TextView, ...]
    notes: tuple[CopyNote, ...]

    @property
    def title(self) -> str:
        """The action's text where it is the same on both sides: what the differences are about."""
        return next((view.delta.b for view in self.equal if view.delta.field == "action"), "")


def diff_html(comparison: Comparison, *, language: Language = "id") -> bytes:
    """Return the page as UTF-8 bytes; `language` is the one it opens in.

    Style and script are inside; a content security policy allows nothing else, and nothing is loaded from a network.
    """
    views = [_action_view(action, comparison.copies) for action in comparison.actions]
    return page_bytes(
        "report/diff.html.j2",
        style=assets("report/report.css", "report/diff.css"),
        script=assets("language.js", "report/diff.js"),
        c=comparison,
        language=language,
        views=views,
        tags=[(tag, sum(tag in view.tags for view in views)) for tag in TAGS],
        hidden=("same",) if any(view.tags != ("same",) for view in views) else (),
        head=[text_view(value) for value in comparison.head],
        parts=[
            (part, text_view(part.name))
            for part in comparison.parts
            if part.kinds != ("same",) or part.name.state in _ODD
        ],
        sides=side_names(comparison),
        same_decree=comparison.a.decree_id == comparison.b.decree_id,
        field_label=field_label,
        period_counts=PER_YEAR,
    )


def side_names(comparison: Comparison) -> tuple[str, str]:
    """Return what the columns are called: A and B with the year, or the file's name where the years are equal."""
    a, b = comparison.a, comparison.b
    if a.year and b.year and a.year != b.year:
        return f"A · {a.year}", f"B · {b.year}"
    if a.decree_id != b.decree_id and a.office and b.office and a.office != b.office:
        return f"A · {a.office}", f"B · {b.office}"
    return f"A · {a.file}", f"B · {b.file}"


def text_view(delta: TextDelta) -> TextView:
    """Mark the words of a field that differ."""
    a, b = marked(delta.a, delta.b, soft=delta.state == "spelling")
    return TextView(delta, field_label(delta.field), a, b)


def _action_view(action: ActionDelta, copies: Iterable[CopyNote]) -> ActionView:
    notes = tuple(note for note in copies if note.n == action.n)
    views = [text_view(text) for text in action.texts]
    both = action.a is not None and action.b is not None
    different = tuple(view for view in views if not both or view.delta.state != "same")
    return ActionView(
        delta=action,
        tags=_tags(action, notes),
        different=different,
        equal=tuple(view for view in views if view not in different),
        notes=notes,
    )


def _tags(action: ActionDelta, notes: tuple[CopyNote, ...]) -> tuple[str, ...]:
    changed = set(action.changed)
    told: dict[str, bool] = {
        **dict.fromkeys(() if action.in_doubt else action.kinds, True),
        "moved_place": bool(changed & PLACE),
        "moved_time": bool(changed & TIME),
        "reading": bool(action.reading) or action.in_doubt,
        "copied": bool(notes),
    }
    return tuple(tag for tag in TAGS if told.get(tag))
