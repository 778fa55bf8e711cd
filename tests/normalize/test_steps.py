"""The chain of steps: each says what it reads and writes, and what it says is so."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.reading import read_document
from extract.types import Extraction
from normalize import Resources, build_plan
from normalize.draft import Draft, Row
from normalize.steps import EVERYWHERE, STEPS, Part, Step, chain_table, run_steps
from schema.decree import DecreeHead

sys.path.insert(0, str(Path(__file__).parent))
from conftest import extraction_of as transcribed
from recognised import RowOf, extraction_of, line, page_of

WORDS = (
    "Rapat",
    "tim kerja",
    "rnonev",
    "Pembentukan\ntim",
    "laporan monev",
    "dokumen  rencana",
    "**SK**",
    "",
)
NAMED = [step.name for step in STEPS]
# What may change in a draft, and which part of it that belongs to.
OWNERS: Mapping[str, frozenset[Part]] = {
    "extraction": frozenset({"cells"}),
    "loose": frozenset({"loose text"}),
    "unused": frozenset({"unused text"}),
    "forms": frozenset({"forms"}),
    "head": frozenset({"preamble", "certainty"}),
    "rows": frozenset({"rows", "team paragraphs"}),
    "kind": frozenset({"titles"}),
    "area": frozenset({"areas", "titles", "texts"}),
    "numeral": frozenset({"numerals", "components", "titles", "texts"}),
    "component": frozenset({"components", "titles", "texts"}),
    "schedule": frozenset({"schedules"}),
    "text": frozenset({"texts"}),
    "certainty": frozenset({"certainty", "texts", "teams", "components", "areas", "numerals"}),
    "team": frozenset({"teams", "texts"}),
}


def page_of_scan(texts: list[tuple[str, str, bool]]) -> Extraction:
    rows = [RowOf(["1. MANAJEMEN PERUBAHAN", "", "", "", ""])]
    for n, (numeral, text, doubtful) in enumerate(texts):
        seen = line(
            text.replace("\n", " ") or "-", 0.6 if doubtful else 0.999, others=("lain",) if doubtful else ()
        )
        rows.append(
            RowOf(
                [numeral, "Tim Kerja" if numeral else "", "Tim dibentuk", seen, "SK"],
                team="TIM I" if n else "",
            )
        )
    return extraction_of(page_of(rows))


def page_of_transcription(write: Any, texts: list[tuple[str, str, bool]]) -> Extraction:
    rows = [
        write.row(
            3,
            6,
            *([11] if marked else []),
            numeral=numeral,
            name="Tim Kerja" if numeral else "",
            action=text.replace("\n", " "),
        )
        for numeral, text, marked in texts
    ]
    return transcribed(write.page(write.first(1), *rows))


def worded_transcription(decree: str) -> Extraction:
    """A decree of 2025 whose time is in words of another year, which only who looks at the preamble can tell."""
    names = ("NO", "KOMPONEN", "INDIKATOR", "LANGKAH AKSI", "EVIDEN", "WAKTU", "PENANGGUNG JAWAB")
    rows = [
        (str(n), "Tim Kerja", "Tim ada", f"Rapat tim ke-{n}", "SK", "Maret 2019", "TIM SATU") for n in (1, 2)
    ]
    table = "\n".join("\t".join(cells) for cells in (names, *rows))
    return transcribed(f"{decree.split('LAMPIRAN', maxsplit=1)[0]}\n\n{table}\n")


@pytest.fixture(scope="session")
def documents(samples: Path, write: Any) -> list[Extraction]:
    """A digital plan, a transcription and a scan."""
    texts = [("i.", "Rapat tim", False), ("", "rnonev", True), ("ii.", "laporan", False)]
    digital = read_document(samples / "kpu-contoh-2024.pdf")
    return [
        digital.replace(grids=digital.grids[:1]),
        read_document(samples / "kpu-batang-2025.transcript.txt"),
        page_of_scan(texts),
        page_of_transcription(write, texts),
        worded_transcription((samples / "kpu-batang-2025.transcript.txt").read_text(encoding="utf-8")),
    ]


Before = Mapping[str, list[Draft]]


@pytest.fixture(scope="session")
def before(documents: list[Extraction], resources: Resources) -> Before:
    """The drafts of the documents before each step, by its name."""
    drafts = [Draft(extraction, resources) for extraction in documents]
    found: dict[str, list[Draft]] = {}
    for step in STEPS:
        found[step.name] = drafts
        drafts = [step(draft) for draft in drafts]
    return found


def changes(old: Draft, new: Draft) -> set[str]:
    """Return what differs, facts apart, by the names of `OWNERS`."""
    found = {
        name
        for name in ("extraction", "loose", "unused", "head", "forms")
        if getattr(old, name) != getattr(new, name)
    }
    if [row.cells for row in old.rows] != [row.cells for row in new.rows]:
        return {*found, "rows"}
    for a, b in zip(old.rows, new.rows, strict=True):
        found |= _changes(a, b)
    return found


def _changes(a: Row, b: Row) -> set[str]:
    plain = {
        "kind": a.kind != b.kind,
        "area": a.area_number != b.area_number,
        "schedule": a.schedule != b.schedule,
    }
    found = {name for name, differs in plain.items() if differs}
    names = {
        "area_no": "area",
        "area": "area",
        "component_no": "numeral",
        "component": "component",
        "responsible": "team",
    }
    for field in {*a.fields, *b.fields}:
        one, other = a.get(field), b.get(field)
        if one.text != other.text:
            found.add(names.get(field, "text"))
        elif one != other:
            found.add("certainty")
    return found


def test_no_step_reads_what_a_later_one_writes() -> None:
    for n, step in enumerate(STEPS):
        later = frozenset[Part]().union(*(each.writes for each in STEPS[n + 1 :]))
        assert step.reads.isdisjoint(later), step.name


def test_what_a_step_reads_was_written_before() -> None:
    written: frozenset[Part] = frozenset({"cells"})
    for step in STEPS:
        assert step.reads <= written, step.name
        written |= step.writes


@pytest.mark.parametrize("step", STEPS, ids=NAMED)
def test_a_step_writes_what_it_says(step: Step, before: Before) -> None:
    for draft in before[step.name]:
        for name in changes(draft, step(draft)):
            assert OWNERS[name] & step.writes, name


def without_schedules(draft: Draft) -> Draft:
    return replace(draft, rows=tuple(replace(row, schedule=None) for row in draft.rows))


BLANKED: Mapping[Part, Callable[[Draft], Draft]] = {
    "schedules": without_schedules,
    "preamble": lambda draft: replace(draft, head=DecreeHead(), annex_says={}),
    "loose text": lambda draft: replace(draft, loose=()),
    "unused text": lambda draft: replace(draft, unused=()),
    "forms": lambda draft: replace(draft, forms=(), stretches=(), roles=frozenset()),
}


@pytest.mark.parametrize("part", BLANKED)
@pytest.mark.parametrize("step", STEPS, ids=NAMED)
def test_a_step_does_not_look_at_what_it_does_not_name(step: Step, part: Part, before: Before) -> None:
    for draft in before[step.name] if part not in step.reads else ():
        whole, blank = step(draft), step(BLANKED[part](draft))
        if part not in step.writes:
            whole = BLANKED[part](whole)
            blank = BLANKED[part](blank)
        assert changes(whole, blank) == set()
        assert [row.facts for row in whole.rows] == [row.facts for row in blank.rows]


@pytest.mark.parametrize(
    "step", [step for step in STEPS if step.on != EVERYWHERE], ids=lambda step: step.name
)
def test_a_step_passes_by_what_it_is_not_for(step: Step, before: Before) -> None:
    drafts = before[step.name]
    passed = [draft for draft in drafts if step.on.isdisjoint(draft.origins)]
    assert passed
    assert all(step(draft) is draft for draft in passed)
    for draft in passed:
        assert all(changes(run(draft), draft) == set() for run in step.runs)


@settings(suppress_health_check=[HealthCheck.large_base_example, HealthCheck.too_slow], max_examples=50)
@given(
    texts=st.lists(
        st.tuples(
            st.sampled_from(("i.", "ii.", "iii.", "II.", "", "")), st.sampled_from(WORDS), st.booleans()
        ),
        min_size=1,
        max_size=5,
    ),
    kind=st.sampled_from(("scan", "transcription")),
)
def test_a_step_that_is_run_again_changes_nothing(
    texts: list[tuple[str, str, bool]], kind: str, resources: Resources, write: Any
) -> None:
    draft = Draft(page_of_scan(texts) if kind == "scan" else page_of_transcription(write, texts), resources)
    for step in STEPS:
        once = step(draft)
        assert step(once) == once, step.name
        draft = once


def test_each_step_leaves_a_digital_plan_alone_the_second_time(
    documents: list[Extraction], resources: Resources
) -> None:
    draft = Draft(documents[0], resources)
    for step in STEPS:
        once = step(draft)
        assert step(once) == once, step.name
        draft = once


def test_a_plan_is_made_of_what_the_chain_gives(documents: list[Extraction], resources: Resources) -> None:
    draft = run_steps(Draft(documents[0], resources))
    actions = [row.get("action").text for row in draft.rows if row.kind == "action"]
    assert sorted(actions) == sorted(
        action.action.text for action in build_plan(documents[0], resources).actions
    )


@pytest.mark.checkout
def test_the_chain_is_in_the_docs_as_it_is(root: Path) -> None:
    assert chain_table() in (root / "docs" / "architecture.md").read_text(encoding="utf-8")
