"""Kinds of faults in the rows of a transcription and in the decree's body, before they are laid out in lines."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from benchmarks.faults import text_faults as words
from benchmarks.faults.planting import Bed, Plant, Planter, plant
from benchmarks.faults.transcription import Entry, Script, Twist, field_of, fields_of

TRIES = 40  # places of a text that are tried
CLAUSES = ("considerations", "legal_basis", "dictum")
LONG = ("indicator", "action", "evidence")
TEAMS = ("POKJA VII ARSIP", "TIM PENATAAN GUDANG", "SUBBAGIAN LOGISTIK")
AREAS = ("PENATAAN GUDANG DAN ARSIP", "PENGELOLAAN RUMAH TANGGA")
PARTS = ("Penataan Gudang Logistik", "Pemeliharaan Kendaraan Dinas")
INVENTED = (
    ("Gudang logistik telah ditata menurut jenis barang", "Menata rak dan memberi label barang", "Foto rak dan daftar barang"),
    ("Kendaraan dinas dirawat secara berkala", "Menyusun jadwal servis kendaraan", "Kartu servis kendaraan"),
    ("Taman kantor dirawat dan dihijaukan", "Menanam pohon peneduh di halaman", "Foto taman sebelum dan sesudah"),
    ("Jaringan listrik diperiksa tiap tahun", "Memanggil teknisi instalasi listrik", "Berita acara pemeriksaan instalasi"),
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class EntryBed(Bed):
    """A transcription as entries, before it is laid out in lines; `changed` are the paragraphs that hold a fault."""

    script: Script
    changed: set[str] = field(default_factory=set)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The rows as they are now."""
        return self.script.entries

    @property
    def fields(self) -> set[str]:
        """The text fields that the form has columns for."""
        return set(fields_of(self.script.columns))

    @property
    def periods(self) -> tuple[str, ...]:
        """The months and quarters that the form has columns for."""
        return tuple(field_of(c) for c in self.script.columns if c.holds in {"month", "quarter"})

    def free(self, wanted: Callable[[Entry], bool] = lambda _: True) -> list[int]:
        """Return the numbers of untouched entries that are as wanted."""
        return [
            n
            for n, entry in enumerate(self.entries)
            if entry.source is not None and entry.source not in self.taken and wanted(entry)
        ]

    def pair(self) -> int | None:
        """Return the first of two adjacent untouched entries of one component."""
        free = set(self.free())
        pairs = [
            n
            for n in free
            if n + 1 in free
            and all(self.entries[n].texts[f] == self.entries[n + 1].texts[f] for f in ("area", "component"))
        ]
        return self.choose(sorted(pairs))

    def put(self, number: int, *entries: Entry) -> None:
        """Put entries in the place of one; changes to the cells of later ones move along."""
        moved = len(entries) - 1
        twists = tuple((n + moved if n > number else n, twist) for n, twist in self.script.twists)
        held = (*self.entries[:number], *entries, *self.entries[number + 1 :])
        self.script = replace(self.script, entries=held, twists=twists)

    def twist(self, number: int, change: Twist) -> Plant:
        """Change the cells of one entry's line."""
        self.script = replace(self.script, twists=(*self.script.twists, (number, change)))
        return Plant(_sources(self.entries[number]))


Fault = Planter[EntryBed]
TextChange = Callable[[str, random.Random], str | None]


def letters_of(text: str) -> str:
    """Return a text without case, spaces and punctuation: what of it is compared."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _sources(*entries: Entry) -> frozenset[int]:
    return frozenset(entry.source for entry in entries if entry.source is not None)


# ------------------------------------------------------------------------------------ one text


def _text(change: TextChange, fields: Sequence[str] = LONG) -> Fault:
    """Return the fault that changes one text of a row; some places are tried until one gives another text."""

    def fault(bed: EntryBed) -> Plant | None:
        choices = [(n, field) for n in bed.free() for field in fields if bed.entries[n].texts.get(field)]
        choices = [choice for choice in choices if choice[1] in bed.fields]
        bed.rng.shuffle(choices)
        for number, name in choices[:TRIES]:
            entry = bed.entries[number]
            before = entry.texts[name]
            after = change(before, bed.rng)
            if after is not None and letters_of(after) != letters_of(before):
                bed.put(number, entry.with_text(name, after))
                return Plant(_sources(entry), frozenset({name}), before, after)
        return None

    return fault


# --------------------------------------------------------------------------------------- marks


def _mark(*, lost: bool = False, gained: bool = False) -> Fault:
    """Return the fault that takes a mark away, adds one, or both: it moves to the nearest open period."""

    def fault(bed: EntryBed) -> Plant | None:
        periods = bed.periods
        held = set(periods)
        number = bed.choose(bed.free(lambda entry: bool(entry.marks & held) and not entry.marks >= held))
        if number is None:
            return None
        entry = bed.entries[number]
        old = bed.rng.choice(sorted(entry.marks & held))
        open_ones = [period for period in periods if period not in entry.marks]
        new = bed.rng.choice(open_ones)
        if lost and gained:
            new = min(open_ones, key=lambda period: abs(periods.index(period) - periods.index(old)))
        out, into = {old} if lost else set(), {new} if gained else set()
        bed.put(number, replace(entry, marks=(entry.marks - out) | into))
        return Plant(_sources(entry), frozenset(out | into), ",".join(out), ",".join(into))

    return fault


# ---------------------------------------------------------------------------------------- rows


def _row_missing(bed: EntryBed) -> Plant | None:
    number = bed.choose(bed.free()) if len(bed.entries) > 2 else None
    if number is None:
        return None
    entry = bed.entries[number]
    bed.put(number)
    return Plant(_sources(entry), before=entry.texts["action"])


def _row_invented(bed: EntryBed) -> Plant | None:
    number = bed.rng.choice(range(len(bed.entries)))
    entry = bed.entries[number]
    used = {one.texts["action"] for one in bed.entries}
    chosen = bed.choose([texts for texts in INVENTED if texts[1] not in used])
    if chosen is None:
        return None
    texts = dict(zip(LONG, chosen, strict=True))
    marks = frozenset({bed.rng.choice(bed.periods)}) if bed.periods else frozenset()
    bed.put(number, entry, Entry({**entry.texts, **texts}, marks, None))
    return Plant(after=texts["action"])


def _rows_fused(bed: EntryBed) -> Plant | None:
    number = bed.pair()
    if number is None:
        return None
    one, two = bed.entries[number : number + 2]
    joined = {field: f"{one.texts[field]} {two.texts[field]}".strip() for field in LONG}
    bed.put(number + 1)
    bed.put(number, replace(one, texts={**one.texts, **joined}, marks=one.marks | two.marks))
    return Plant(_sources(one, two))


def _row_split(bed: EntryBed) -> Plant | None:
    number = bed.choose(bed.free(lambda entry: all(len(entry.texts[field].split()) >= 4 for field in LONG)))
    if number is None:
        return None
    entry = bed.entries[number]
    first, second = {}, {}
    for name in LONG:
        words = entry.texts[name].split()
        cut = len(words) // 2
        first[name], second[name] = " ".join(words[:cut]), " ".join(words[cut:])
    rest = {name: "" for name in entry.texts if name.startswith("extra.") or name == "schedule_text"}
    bed.put(
        number,
        replace(entry, texts={**entry.texts, **first}),
        Entry({**entry.texts, **rest, **second}, frozenset(), None),
    )
    return Plant(_sources(entry))


def _row_duplicated(bed: EntryBed) -> Plant | None:
    number = bed.choose(bed.free())
    if number is None:
        return None
    entry = bed.entries[number]
    bed.put(number, entry, replace(entry, source=None))
    return Plant(_sources(entry))


def _row_shifted(bed: EntryBed) -> Plant | None:
    first = next(n for n, column in enumerate(bed.script.columns) if column.holds in LONG)
    number = bed.choose(bed.free())
    return None if number is None else bed.twist(number, lambda cells: [*cells[:first], "", *cells[first:]])


def _column_swallowed(bed: EntryBed) -> Plant | None:
    places = [n for n, column in enumerate(bed.script.columns) if column.holds in LONG]
    pairs = [n for n in places if n + 1 in places]
    numbers = bed.free()
    if not pairs or not numbers:
        return None
    place, number = bed.rng.choice(pairs), bed.rng.choice(numbers)

    def swallow(cells: list[str]) -> list[str]:
        return [*cells[:place], f"{cells[place]} {cells[place + 1]}".strip(), *cells[place + 2 :], ""]

    return bed.twist(number, swallow)


def _cells_swapped(bed: EntryBed) -> Plant | None:
    fields = [field for field in LONG if field in bed.fields]
    number = bed.choose(bed.free()) if len(fields) > 1 else None
    if number is None:
        return None
    entry = bed.entries[number]
    a, b = bed.rng.sample(fields, 2)
    if letters_of(entry.texts[a]) == letters_of(entry.texts[b]):
        return None
    bed.put(number, replace(entry, texts={**entry.texts, a: entry.texts[b], b: entry.texts[a]}))
    return Plant(_sources(entry), frozenset({a, b}))


def _misplaced(bed: EntryBed) -> Plant | None:
    number = bed.pair()
    if number is None:
        return None
    one, two = bed.entries[number : number + 2]
    field = bed.rng.choice([field for field in LONG if field in bed.fields])
    moved = f"{one.texts[field]} {two.texts[field]}".strip()
    bed.put(number, one.with_text(field, ""))
    bed.put(number + 1, two.with_text(field, moved))
    return Plant(_sources(one, two), frozenset({field}))


# ------------------------------------------------------------------------------ the decree's body


def _paragraph(names: Sequence[str], change: TextChange) -> Fault:
    """Return the fault that changes one paragraph of the body, whose label (`a.`, `KESATU :`) stays."""

    def fault(bed: EntryBed) -> Plant | None:
        preamble = bed.script.preamble
        name = bed.choose([n for n in preamble if n.partition(".")[0] in names and n not in bed.changed])
        if name is None:
            return None
        before = preamble[name]
        label, text = found.groups() if (found := _LABELLED.match(before)) else ("", before)
        after = change(text, bed.rng)
        if after is None or letters_of(after) == letters_of(text):
            return None
        bed.changed.add(name)
        bed.script = replace(bed.script, preamble={**preamble, name: label + after})
        fields = {f"head.{name}"} | ({"head.year"} if name == "number" else set())
        return Plant(fields=frozenset(fields), before=before, after=label + after)

    return fault


_LABELLED = re.compile(r"((?:\w+ : )?(?:\w\. )?)(.+)", re.DOTALL)


# ---------------------------------------------------------------------------------- their parts


def _part(key: Sequence[str], fields: Sequence[str], change: TextChange) -> Fault:
    """Return the fault that changes an area's or a component's name or numeral in all its rows.

    `key` are the fields that tell the parts apart; none of the rows of the chosen one holds a fault yet. The first of the
    `fields` is changed.
    """
    name = fields[0]

    def fault(bed: EntryBed) -> Plant | None:
        groups: dict[tuple[str, ...], list[int]] = {}
        for number, entry in enumerate(bed.entries):
            groups.setdefault(tuple(entry.texts[f] for f in key), []).append(number)
        free = set(bed.free())
        numbers = bed.choose([g for g in groups.values() if set(g) <= free and bed.entries[g[0]].texts[name]])
        if numbers is None:
            return None
        before = bed.entries[numbers[0]].texts[name]
        after = change(before, bed.rng)
        if after is None or letters_of(after) == letters_of(before):
            return None
        touched = [bed.entries[number] for number in numbers]
        for number, entry in zip(numbers, touched, strict=True):
            bed.put(number, entry.with_text(name, after))
        return Plant(_sources(*touched), frozenset(fields), before, after)

    return fault


AREA = ("area_no", "area")
COMPONENT = (*AREA, "component_no", "component")
PLANTERS: Mapping[str, Fault] = {
    "mark-lost": _mark(lost=True),
    "mark-invented": _mark(gained=True),
    "mark-moved": _mark(lost=True, gained=True),
    "row-missing": _row_missing,
    "row-invented": _row_invented,
    "row-duplicated": _row_duplicated,
    "rows-fused": _rows_fused,
    "row-split": _row_split,
    "row-shifted": _row_shifted,
    "column-swallowed": _column_swallowed,
    "cells-swapped": _cells_swapped,
    "text-in-next-row": _misplaced,
    "area-wrong": _part(AREA, ("area", "area_no"), partial(words.other, AREAS)),
    "component-wrong": _part(COMPONENT, ("component",), partial(words.other, PARTS)),
    "numeral-wrong": _part(COMPONENT, ("component_no",), words.numeral),
    "team-wrong": _text(partial(words.other, TEAMS), ("responsible",)),
    "cell-emptied": _text(words.emptied),
    "number-wrong": _text(words.digit),
    "name-wrong": _text(words.name),
    "word-lost": _text(words.word_lost),
    "word-added": _text(words.word_added),
    "words-swapped": _text(words.words_swapped),
    "letter-confused": _text(words.confused),
    "letter-lost": _text(words.letter_lost),
    "letters-transposed": _text(words.transposed),
    "text-truncated": _text(words.truncated),
    "text-duplicated": _text(words.duplicated),
    "head-number-wrong": _paragraph(("number",), words.digit),
    "head-date-wrong": _paragraph(("date",), words.digit),
    "clause-word-lost": _paragraph(CLAUSES, words.word_lost),
    "clause-letter-lost": _paragraph(CLAUSES, words.letter_lost),
}
KINDS = tuple(PLANTERS)
HEAD_KINDS = frozenset({"head-number-wrong", "head-date-wrong", "clause-word-lost", "clause-letter-lost"})
ROW_KINDS = frozenset({"row-missing", "row-invented", "row-duplicated", "rows-fused", "row-split"})
MARK_KINDS = frozenset({"mark-lost", "mark-invented", "mark-moved"})


def planted(script: Script, kinds: Sequence[str], seed: int) -> tuple[Script, tuple[Plant, ...]]:
    """Plant faults of these kinds on rows of their own; a kind that finds no place is left out.

    Faults of the decree's body can only be found in forms that hold it.
    """
    bed = EntryBed(rng=random.Random(f"{seed}"), script=script)
    plants = plant(bed, PLANTERS, kinds)
    return bed.script, plants
