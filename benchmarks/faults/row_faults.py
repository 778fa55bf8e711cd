"""A clean transcription -> one with known faults: a function a kind of fault, each plant written down."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from benchmarks.faults import text_faults as words
from benchmarks.faults.transcription import PERIODS, Entry, Script, fields_of

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


@dataclass(frozen=True, slots=True)
class Plant:
    """A planted fault: its kind, the truth's rows it touches (none: a row of its own) and the fields, empty for all."""

    kind: str
    rows: frozenset[int]
    fields: frozenset[str] = frozenset()
    before: str = ""
    after: str = ""


@dataclass(slots=True)
class Bed:
    """A script while faults are planted into it; `taken` are the truth's rows that hold one."""

    script: Script
    rng: random.Random
    taken: set[int]
    told: set[str] = field(default_factory=set)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The rows as they stand."""
        return self.script.entries

    def free(self, wanted: Callable[[Entry], bool] = lambda _: True) -> list[int]:
        """Return the numbers of untouched entries that are as wanted."""
        return [
            n
            for n, entry in enumerate(self.entries)
            if entry.source is not None and entry.source not in self.taken and wanted(entry)
        ]

    def put(self, number: int, *entries: Entry) -> None:
        """Put entries in the place of one, moving along what befell the cells of later ones."""
        moved = len(entries) - 1
        twists = tuple((n + moved if n > number else n, twist) for n, twist in self.script.twists)
        held = (*self.entries[:number], *entries, *self.entries[number + 1 :])
        self.script = replace(self.script, entries=held, twists=twists)

    def twist(self, number: int, change: Callable[[list[str]], list[str]]) -> None:
        """Change the cells of one entry's line."""
        self.script = replace(self.script, twists=(*self.script.twists, (number, change)))


Planter = Callable[[Bed], Plant | None]


def told(text: str) -> str:
    """Return what a text says when case, spaces and punctuation do not count."""
    return re.sub(r"[\W_]+", "", text.casefold())


# ------------------------------------------------------------------------------------ one text


def _text(
    change: Callable[[str, random.Random], str | None], fields: Sequence[str], kind: str, bed: Bed
) -> Plant | None:
    choices = [(n, field) for n in bed.free() for field in fields if bed.entries[n].texts.get(field)]
    choices = [choice for choice in choices if choice[1] in _held(bed)]
    bed.rng.shuffle(choices)
    for number, name in choices[:40]:
        entry = bed.entries[number]
        before = entry.texts[name]
        after = change(before, bed.rng)
        if after is None or told(after) == told(before):
            continue
        bed.put(number, entry.with_text(name, after))
        return Plant(kind, _sources(entry), frozenset({name}), before, after)
    return None


def _held(bed: Bed) -> set[str]:
    return set(fields_of(bed.script.columns))


def _sources(*entries: Entry) -> frozenset[int]:
    return frozenset(entry.source for entry in entries if entry.source is not None)


# --------------------------------------------------------------------------------------- marks


def _periods(bed: Bed) -> tuple[str, ...]:
    return tuple(
        PERIODS[column.holds].format(column.period)
        for column in bed.script.columns
        if column.holds in {"month", "quarter"}
    )


def _mark(kind: str, bed: Bed) -> Plant | None:
    periods = _periods(bed)
    numbers = bed.free(lambda entry: bool(entry.marks & set(periods)) and not entry.marks >= set(periods))
    if not periods or not numbers:
        return None
    number = bed.rng.choice(numbers)
    entry = bed.entries[number]
    lost = bed.rng.choice(sorted(entry.marks & set(periods)))
    gained = bed.rng.choice([period for period in periods if period not in entry.marks])
    if kind == "mark-moved":
        near = sorted(
            (p for p in periods if p not in entry.marks),
            key=lambda p: abs(periods.index(p) - periods.index(lost)),
        )
        gained = near[0]
    out = {lost} if kind != "mark-invented" else set()
    new = {gained} if kind != "mark-lost" else set()
    bed.put(number, replace(entry, marks=(entry.marks - out) | new))
    return Plant(kind, _sources(entry), frozenset(out | new), ",".join(sorted(out)), ",".join(sorted(new)))


# ---------------------------------------------------------------------------------------- rows


def _row_missing(bed: Bed) -> Plant | None:
    numbers = bed.free()
    if len(bed.entries) < 3 or not numbers:
        return None
    number = bed.rng.choice(numbers)
    entry = bed.entries[number]
    bed.put(number)
    return Plant("row-missing", _sources(entry), before=entry.texts["action"])


def _row_invented(bed: Bed) -> Plant | None:
    number = bed.rng.choice(range(len(bed.entries)))
    entry = bed.entries[number]
    used = {one.texts["action"] for one in bed.entries}
    left = [texts for texts in INVENTED if texts[1] not in used]
    if not left:
        return None
    texts = dict(zip(LONG, bed.rng.choice(left), strict=True))
    periods = _periods(bed)
    marks = frozenset({bed.rng.choice(periods)}) if periods else frozenset()
    new = Entry({**entry.texts, **texts}, marks, None)
    bed.put(number, entry, new)
    return Plant("row-invented", frozenset(), after=texts["action"])


def _pair(bed: Bed) -> tuple[int, Entry, Entry] | None:
    """Return two adjacent untouched entries of one component."""
    free = set(bed.free())
    pairs = [
        n
        for n in free
        if n + 1 in free
        and all(bed.entries[n].texts[f] == bed.entries[n + 1].texts[f] for f in ("area", "component"))
    ]
    if not pairs:
        return None
    number = bed.rng.choice(sorted(pairs))
    return number, bed.entries[number], bed.entries[number + 1]


def _rows_fused(bed: Bed) -> Plant | None:
    found = _pair(bed)
    if not found:
        return None
    number, one, two = found
    joined = {field: f"{one.texts[field]} {two.texts[field]}".strip() for field in LONG}
    bed.put(number + 1)
    bed.put(number, replace(one, texts={**one.texts, **joined}, marks=one.marks | two.marks))
    return Plant("rows-fused", _sources(one, two))


def _row_split(bed: Bed) -> Plant | None:
    numbers = bed.free(lambda entry: all(len(entry.texts[field].split()) >= 4 for field in LONG))
    if not numbers:
        return None
    number = bed.rng.choice(numbers)
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
    return Plant("row-split", _sources(entry))


def _row_duplicated(bed: Bed) -> Plant | None:
    numbers = bed.free()
    if not numbers:
        return None
    number = bed.rng.choice(numbers)
    entry = bed.entries[number]
    bed.put(number, entry, replace(entry, source=None))
    return Plant("row-duplicated", _sources(entry))


def _row_shifted(bed: Bed) -> Plant | None:
    first = next(n for n, column in enumerate(bed.script.columns) if column.holds in LONG)
    numbers = bed.free()
    if not numbers:
        return None
    number = bed.rng.choice(numbers)
    bed.twist(number, lambda cells: [*cells[:first], "", *cells[first:]])
    return Plant("row-shifted", _sources(bed.entries[number]))


def _column_swallowed(bed: Bed) -> Plant | None:
    places = [n for n, column in enumerate(bed.script.columns) if column.holds in LONG]
    pairs = [n for n in places if n + 1 in places]
    numbers = bed.free()
    if not pairs or not numbers:
        return None
    place, number = bed.rng.choice(pairs), bed.rng.choice(numbers)

    def swallow(cells: list[str]) -> list[str]:
        return [*cells[:place], f"{cells[place]} {cells[place + 1]}".strip(), *cells[place + 2 :], ""]

    bed.twist(number, swallow)
    return Plant("column-swallowed", _sources(bed.entries[number]))


def _cells_swapped(bed: Bed) -> Plant | None:
    fields = [field for field in LONG if field in _held(bed)]
    numbers = bed.free()
    if len(fields) < 2 or not numbers:
        return None
    number = bed.rng.choice(numbers)
    entry = bed.entries[number]
    a, b = bed.rng.sample(fields, 2)
    if told(entry.texts[a]) == told(entry.texts[b]):
        return None
    bed.put(number, replace(entry, texts={**entry.texts, a: entry.texts[b], b: entry.texts[a]}))
    return Plant("cells-swapped", _sources(entry), frozenset({a, b}))


def _misplaced(bed: Bed) -> Plant | None:
    found = _pair(bed)
    if not found:
        return None
    number, one, two = found
    field = bed.rng.choice([field for field in LONG if field in _held(bed)])
    moved = f"{one.texts[field]} {two.texts[field]}".strip()
    bed.put(number, one.with_text(field, ""))
    bed.put(number + 1, two.with_text(field, moved))
    return Plant("text-in-next-row", _sources(one, two), frozenset({field}))


# ------------------------------------------------------------------------------ the decree's body


def _head(
    kind: str, names: Sequence[str], change: Callable[[str, random.Random], str | None], bed: Bed
) -> Plant | None:
    """Change one paragraph of the body, whose label (`a.`, `KESATU :`) stays; one of each kind in a transcription."""
    held = [name for name in bed.script.head if name.partition(".")[0] in names and name not in bed.told]
    if not held:
        return None
    name = bed.rng.choice(held)
    before = bed.script.head[name]
    label, text = (found.group(1), found.group(2)) if (found := _LABELLED.match(before)) else ("", before)
    after = change(text, bed.rng)
    if after is None or told(after) == told(text):
        return None
    bed.told.add(name)
    bed.script = replace(bed.script, head={**bed.script.head, name: label + after})
    told_of = {f"head.{name}"} | ({"head.year"} if name == "number" else set())
    return Plant(kind, frozenset(), frozenset(told_of), before, label + after)


_LABELLED = re.compile(r"((?:\w+ : )?(?:\w\. )?)(.+)", re.DOTALL)


# ---------------------------------------------------------------------------------- their parts


def _part_wrong(kind: str, fields: tuple[str, ...], names: Sequence[str], bed: Bed) -> Plant | None:
    """Change the name (or the numeral) of an area or component in all its rows, none of which holds a fault."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, entry in enumerate(bed.entries):
        key = tuple(
            entry.texts[f]
            for f in ("area_no", "area", "component_no", "component")[: 2 if "area" in fields else 4]
        )
        groups.setdefault(key, []).append(number)
    free = set(bed.free())
    whole = [
        numbers
        for numbers in groups.values()
        if set(numbers) <= free and bed.entries[numbers[0]].texts[fields[0]]
    ]
    if not whole:
        return None
    numbers = bed.rng.choice(whole)
    field = fields[0]
    before = bed.entries[numbers[0]].texts[field]
    after = bed.rng.choice(names) if names else words.numeral(before, bed.rng)
    if after is None or told(after) == told(before):
        return None
    touched = [bed.entries[number] for number in numbers]
    for number in numbers:
        bed.put(number, bed.entries[number].with_text(field, after))
    return Plant(kind, _sources(*touched), frozenset({field, *fields}), before, after)


PLANTERS: Mapping[str, Planter] = {
    **{kind: partial(_mark, kind) for kind in ("mark-lost", "mark-invented", "mark-moved")},
    "row-missing": _row_missing,
    "row-invented": _row_invented,
    "row-duplicated": _row_duplicated,
    "rows-fused": _rows_fused,
    "row-split": _row_split,
    "row-shifted": _row_shifted,
    "column-swallowed": _column_swallowed,
    "cells-swapped": _cells_swapped,
    "text-in-next-row": _misplaced,
    "area-wrong": partial(_part_wrong, "area-wrong", ("area", "area_no"), AREAS),
    "component-wrong": partial(_part_wrong, "component-wrong", ("component",), PARTS),
    "numeral-wrong": partial(_part_wrong, "numeral-wrong", ("component_no",), ()),
    "team-wrong": partial(_text, partial(words.other, TEAMS), ("responsible",), "team-wrong"),
    "cell-emptied": partial(_text, words.emptied, LONG, "cell-emptied"),
    "number-wrong": partial(_text, words.digit, LONG, "number-wrong"),
    "name-wrong": partial(_text, words.name, LONG, "name-wrong"),
    "word-lost": partial(_text, words.word_lost, LONG, "word-lost"),
    "word-added": partial(_text, words.word_added, LONG, "word-added"),
    "words-swapped": partial(_text, words.words_swapped, LONG, "words-swapped"),
    "letter-confused": partial(_text, words.confused, LONG, "letter-confused"),
    "letter-lost": partial(_text, words.letter_lost, LONG, "letter-lost"),
    "letters-transposed": partial(_text, words.transposed, LONG, "letters-transposed"),
    "text-truncated": partial(_text, words.truncated, LONG, "text-truncated"),
    "text-duplicated": partial(_text, words.duplicated, LONG, "text-duplicated"),
    "head-number-wrong": partial(_head, "head-number-wrong", ("number",), words.digit),
    "head-date-wrong": partial(_head, "head-date-wrong", ("date",), words.digit),
    "clause-word-lost": partial(_head, "clause-word-lost", CLAUSES, words.word_lost),
    "clause-letter-lost": partial(_head, "clause-letter-lost", CLAUSES, words.letter_lost),
}
KINDS = tuple(PLANTERS)
HEAD_KINDS = frozenset({"head-number-wrong", "head-date-wrong", "clause-word-lost", "clause-letter-lost"})
ROW_KINDS = frozenset({"row-missing", "row-invented", "row-duplicated", "rows-fused", "row-split"})
MARK_KINDS = frozenset({"mark-lost", "mark-invented", "mark-moved"})


def planted(script: Script, kinds: Sequence[str], seed: int) -> tuple[Script, tuple[Plant, ...]]:
    """Plant faults of these kinds on rows of their own; a kind that finds no place is left out.

    Faults of the decree's body are there to be found only in forms that hold it.
    """
    bed = Bed(script, random.Random(f"{seed}"), set())
    plants = []
    for kind in kinds:
        plant = PLANTERS[kind](bed)
        if plant is not None:
            plants.append(plant)
            bed.taken |= plant.rows
    return bed.script, tuple(plants)
