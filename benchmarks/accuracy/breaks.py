"""Cuts rows by the end of a page at every line and counts how many are joined, asked about, or read wrong in silence.

`python -m benchmarks breaks [--form NAME ...] [--seeds N]`; the forms are those of `samples/draw`.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from difflib import SequenceMatcher
from itertools import count
from typing import Any

from benchmarks import command
from benchmarks.counts import Counts
from benchmarks.reading import TEXTS, as_file, texts_of
from benchmarks.tree import SAMPLES
from extract.reading import read_document
from lampiran.resources import load_resources
from normalize import Resources, build_plan
from samples.draw.breaks import Break, broken, effective, places, rows_of
from samples.draw.forms import FORMS, Form
from samples.draw.layout import Row
from samples.draw.truth import Component, Truth, load
from samples.draw.variants import variant
from schema.plan import Placed, Plan

NAMES = (
    *(form.sample for form in FORMS),
    *(f"random-{n}" for n in (0, 1, 3, 6, 11)),
    "kpu-contoh-2024+lists",
    "kpu-batang-2025+merged",
)
EVERY = 3  # a page ends in every third row, so that there is a whole row between two cut ones
_COLUMNS = ("cut", "joined", "flagged", "silent", "whole", "fused", "asked", "rows", "needless")


@dataclass(slots=True)
class Tally(Counts):
    """How the breaks of drawn documents were read.

    Of the rows `cut` by a page's end, `joined` are read as drawn, `flagged` are not but ask for a review, and
    `silent` are neither. Of the pages that end between two rows (`whole`), `fused` had rows joined that are two,
    `asked` had the row at the break ask for a review though it is read as drawn. `rows` are all rows drawn, and
    `needless` those that are read as drawn and ask for a review.
    """

    cut: int = 0
    joined: int = 0
    flagged: int = 0
    silent: int = 0
    whole: int = 0
    fused: int = 0
    asked: int = 0
    rows: int = 0
    needless: int = 0


def drawn_form(name: str) -> tuple[Form, Truth]:
    """The form and the truth of a sample or a variant; `+merged` and `+lists` behind the name change its rows."""
    name, *changes = name.split("+")
    known = {form.sample: form for form in FORMS}
    form = known[name] if name in known else variant(name).form
    truth = load(SAMPLES / f"{name}.truth.json") if name in known else variant(name).truth
    for change in changes:
        truth = _CHANGES[change](truth)
    return form, truth


def _with_merged(truth: Truth) -> Truth:
    """Give each second action of a component the indicator of the one above: one merged cell holds it."""
    return _mapped(truth, lambda part, n: {"indicator": part.actions[n - n % 2].indicator})


def _with_lists(truth: Truth) -> Truth:
    """Set the documents of each evidence below each other: numbered, with dashes, or with nothing before them."""
    return _mapped(truth, lambda part, n: {"evidence": _listed(part.actions[n].evidence, n)})


def _mapped(truth: Truth, change: Callable[[Component, int], dict[str, str]]) -> Truth:
    """Give the actions of each component other texts, by their place in it."""

    def changed(part: Component) -> Component:
        actions = (row.model_copy(update=change(part, n)) for n, row in enumerate(part.actions))
        return part.model_copy(update={"actions": tuple(actions)})

    areas = (
        area.model_copy(update={"components": tuple(map(changed, area.components))}) for area in truth.areas
    )
    return truth.model_copy(update={"areas": tuple(areas)})


def _listed(evidence: str, manner: int) -> str:
    documents = re.split(r"[,;]\s+", evidence)
    marks = [(f"{n}) ", "- ", "")[manner % 3] for n in range(1, len(documents) + 1)]
    if len(documents) == 1:
        return evidence
    return "\n".join(mark + text[:1].upper() + text[1:] for mark, text in zip(marks, documents, strict=True))


_CHANGES: Mapping[str, Callable[[Truth], Truth]] = {"merged": _with_merged, "lists": _with_lists}


def styled(rng: random.Random, action: int, lines: int) -> Break:
    """A break in a manner drawn by lot."""
    return Break(
        action,
        lines,
        border=rng.choice(("closed", "closed", "open")),
        component=rng.choice(("blank", "repeated")),
        team=rng.choice(("blank", "repeated")),
        marks=rng.choice(("first", "second")),
        middle=rng.random() < 0.3,
        widows=rng.random() < 0.3,
        head=rng.random() < 0.7,
        slack=rng.uniform(0, 9) if lines else rng.uniform(0, 60),
    )


def all_breaks(form: Form, truth: Truth, seed: int) -> Iterator[list[Break]]:
    """Yield lists of breaks, one per document, that together cut every row below each of its lines.

    A row with fewer lines than others ends a page whole where there is nothing left to cut.
    """
    rows = rows_of(truth)
    rng = random.Random(f"{form.sample} {seed}")
    for start in range(EVERY):
        chosen = range(start, len(rows), EVERY)
        lines = {n: list(places(form, rows, n)) for n in chosen}
        for turn in range(max(map(len, lines.values()))):
            yield [styled(rng, n, at[turn] if turn < len(at) else 0) for n, at in lines.items()]


def some_breaks(name: str, seed: int) -> tuple[Form, Truth, list[Break]]:
    """One or two areas of a form with a break in each third row, all by lot; the same for the same seed."""
    form, truth = drawn_form(name)
    rng = random.Random(f"{name} {seed}")
    first = rng.randrange(len(truth.areas))
    truth = truth.model_copy(update={"areas": truth.areas[first : first + rng.choice((1, 2))]})
    rows = rows_of(truth)
    breaks = []
    for n in range(rng.randrange(EVERY), len(rows), EVERY):
        lines = [*places(form, rows, n), 0]
        breaks.append(styled(rng, n, rng.choice(lines)))
    return form, truth, breaks


def read_pdf(data: bytes, resources: Resources) -> Plan:
    """Read a drawn document as the program does."""
    with as_file(data) as path:
        return build_plan(read_document(path), resources)


def judged(form: Form, truth: Truth, breaks: Sequence[Break], plan: Plan) -> Tally:
    """Compare a plan with what was drawn, row by row."""
    placed = list(plan.placed())
    wanted, read = [_drawn(row) for row in rows_of(truth)], [_read(row) for row in placed]
    right: dict[int, int] = {}
    doubted: set[int] = set()
    short: set[int] = set()
    for code, i1, i2, j1, j2 in SequenceMatcher(None, wanted, read, autojunk=False).get_opcodes():
        if code == "equal":
            right.update(zip(range(i1, i2), range(j1, j2), strict=True))
            continue
        if any(placed[j].action.needs_review for j in range(j1, j2)):
            doubted.update(range(i1, i2))
        if i2 - i1 > j2 - j1:
            short.update(range(i1, i2))
    falls = effective(form, truth, breaks)
    cut = {each.action for each in falls if each.lines}
    whole = {each.action for each in falls if not each.lines and 0 < each.action < len(wanted)}
    silent = (set(range(len(wanted))) - set(right) - doubted) | (
        {-1} if len(read) > len(wanted) and not doubted else set()
    )
    return Tally(
        cut=len(cut),
        joined=len(cut & set(right)),
        flagged=len((cut - set(right)) & doubted),
        silent=len(silent),
        whole=len(whole),
        fused=sum(n in short or n - 1 in short for n in whole),
        asked=sum(n in right and placed[right[n]].action.needs_review for n in whole),
        rows=len(wanted),
        needless=sum(placed[j].action.needs_review for j in right.values()),
    )


def tally(name: str, resources: Resources, seeds: Iterable[int], most: int | None = None) -> Tally:
    """Draw a form with all its breaks and add up how the documents were read; at most `most` documents per seed."""
    form, truth = drawn_form(name)
    total = Tally()
    for seed in seeds:
        for number, breaks in zip(count(), all_breaks(form, truth, seed)):
            if number == most:
                break
            plan = read_pdf(broken(form, truth, breaks), resources)
            total.add(judged(form, truth, breaks, plan))
    return total


def _loose(text: str) -> str:
    """Leave out what print cannot tell: white space."""
    return re.sub(r"\s+", "", text)


def _drawn(row: Row) -> tuple[Any, ...]:
    action = row.action
    texts = (row.component.name, *(getattr(action, name) for name in TEXTS))
    return row.area.no, row.component.no, *map(_loose, texts), tuple(action.months)


def _read(row: Placed) -> tuple[Any, ...]:
    texts = texts_of(row)
    number = re.sub(r"\W", "", texts["component_no"])
    said = (_loose(texts[name]) for name in ("component", *TEXTS))
    return row.area.number, number, *said, row.action.schedule.planned()


def _line(name: str, figures: Iterable[object]) -> str:
    cells = (f"{figure!s:>{max(6, len(column))}}" for figure, column in zip(figures, _COLUMNS, strict=True))
    return f"{name:<22}  {'  '.join(cells)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each form, and the sum."""
    parser = command.parser("breaks", __doc__)
    parser.add_argument("--form", action="append", metavar="NAME", help="a sample or variant (default: nine)")
    parser.add_argument(
        "--seeds", type=int, default=1, metavar="N", help="manners drawn for each cut (default 1)"
    )
    parser.add_argument("--most", type=int, metavar="N", help="documents of each form at most (default all)")
    options = parser.parse_args(arguments)
    resources = load_resources()
    print(_line("form", _COLUMNS))
    total = Tally()
    for name in options.form or NAMES:
        counted = tally(name, resources, range(options.seeds), options.most)
        print(_line(name, astuple(counted)), flush=True)
        total.add(counted)
    print(_line("all", astuple(total)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
