"""A Dashboard -> what its page reads: one value with columns of numbers for all rows, and parts that hold the texts.

The page opens with the columns alone: filters and figures need no text. Each part is a script that is loaded when a row
of it is shown or searched; a page that was opened as a file may load scripts, while it may not fetch data.
"""

from __future__ import annotations

import base64
import json
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from lampiran.alignment.wording import wording
from lampiran.dashboard.addresses import crops_of, result_address
from lampiran.dashboard.model import Answer, Dashboard, DecreeView, Row, YearPair
from lampiran.dashboard.rows import natural
from lampiran.dashboard.settings import PARTS
from lampiran.dashboard.years import COUNTED
from lampiran.publish.labels import finding_title
from schema.findings import SEVERITIES

Json: TypeAlias = dict[str, Any]
PICTURED = ("action", "indicator", "evidence", "responsible", "schedule")  # fields that link to their picture
STATES = ("marked", "none", "partial", "unknown")
_WIDTHS = (("B", 1), ("H", 2), ("I", 4))  # types of arrays, and bytes of a number in them
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_TOUCHED = {True: "1", False: "0", None: "?"}


@dataclass(frozen=True, slots=True)
class Packed:
    """The value that is part of the page, and the files of texts by name."""

    core: Json
    parts: dict[str, bytes]


def packed(dashboard: Dashboard, folder: Path) -> Packed:
    """Return what the page of a dashboard reads; `folder` is where it will lie, from which its links start."""
    names = _Names(dashboard.decrees)
    parts = list(_chunks(len(dashboard.decrees)))
    codes = sorted({code for decree in dashboard.decrees for code in decree.waiting})
    core: Json = {
        "version": dashboard.version,
        "offices": [[names.office_names[key], names.offices.shown(key)] for key in names.offices.keys],
        "areas": [[number, *names.area_names(number)] for number in names.areas],
        "teams": [names.teams.shown(key) for key in names.teams.keys],
        "codes": [[code, finding_title(code).id, finding_title(code).en] for code in codes],
        "questions": [[one.code, one.area, one.part, one.name] for one in dashboard.questions],
        "decrees": [
            _decree(decree, names, codes, result_address(decree.folder, folder))
            for decree in dashboard.decrees
        ],
        "rows": _columns(dashboard, names),
        "pairs": [_pair(pair) for pair in dashboard.pairs],
        "kinds": list(COUNTED),
        "uncounted": [[one.name, one.state, *one.reason, one.beside] for one in dashboard.uncounted],
        "parts": [[part_name(n), first, end] for n, (first, end) in enumerate(parts)],
    }
    files = {part_name(n): _part(n, dashboard.decrees[first:end]) for n, (first, end) in enumerate(parts)}
    return Packed(core, files)


def part_name(n: int) -> str:
    """Return the name of the file that holds the texts of a part, numbered from 0."""
    return f"texts-{n + 1:03}.js"


def script_json(value: object) -> str:
    """Return JSON that can stand in a script or a page: nothing in it ends one or begins one."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in _ESCAPES.items():
        text = text.replace(sign, escape)
    # Half of a pair of code units, which no UTF-8 can hold.
    return "".join(f"\\u{ord(sign):04x}" if "\ud800" <= sign <= "\udfff" else sign for sign in text)


class _Merged:
    """Texts that are one but for case, spaces and signs: `keys` in the order of the most frequent form of each."""

    def __init__(self, texts: Iterable[str]) -> None:
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for text, count in Counter(texts).items():
            forms[_key(text)][text] += count
        self._shown = {key: _most_frequent(found) for key, found in forms.items()}
        self.keys = sorted(self._shown, key=lambda key: (natural(self._shown[key]), key))
        self._number = {key: n for n, key in enumerate(self.keys)}

    def shown(self, key: str) -> str:
        return self._shown[key]

    def number(self, text: str) -> int:
        return self._number[_key(text)]


class _Names:
    """Offices, areas and teams by number, as the columns hold them."""

    def __init__(self, decrees: Sequence[DecreeView]) -> None:
        rows = [row for decree in decrees for row in decree.rows]
        self.offices = _Merged(decree.office for decree in decrees)
        self.office_names = {_key(decree.office): decree.office_name for decree in decrees}
        self.teams = _Merged(row.team for row in rows)
        self.areas = sorted({row.area for row in rows})
        self.area_number = {area: n for n, area in enumerate(self.areas)}
        self._area_forms: dict[int, Counter[str]] = defaultdict(Counter)
        for row in rows:
            self._area_forms[row.area][row.area_name] += 1

    def area_names(self, number: int) -> tuple[str, int]:
        """Return the most frequent name of an area, empty if it has none, and how many other wordings it has."""
        forms = Counter({name: count for name, count in self._area_forms[number].items() if name})
        return (_most_frequent(forms), len({*map(_key, forms)}) - 1) if forms else ("", 0)


def _key(text: str) -> str:
    return wording(text) or text


def _most_frequent(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def _chunks(count: int) -> Iterable[tuple[int, int]]:
    return (
        (first, min(first + PARTS.decrees_in_part, count)) for first in range(0, count, PARTS.decrees_in_part)
    )


def _decree(decree: DecreeView, names: _Names, codes: Sequence[str], address: str) -> Json:
    return {
        "id": decree.decree_id,
        "office": names.offices.number(decree.office),
        "year": decree.year,
        "number": decree.number,
        "title": decree.title,
        "date": decree.date,
        "file": decree.file,
        "name": decree.folder.name,
        "at": address,
        "sha256": decree.sha256,
        "program": decree.program,
        "partly": decree.partly_read,
        "unread": list(decree.pages_not_read),
        "severities": [decree.severities.get(severity, 0) for severity in SEVERITIES],
        "waiting": [[codes.index(code), count] for code, count in sorted(decree.waiting.items())],
        "reason": list(decree.reason) if any(decree.reason) else None,
        "edition": decree.edition or "",
        "answers": "".join(_TOUCHED[answer.touched] for answer in decree.answers),
        "rows": len(decree.rows),
    }


def _columns(dashboard: Dashboard, names: _Names) -> Json:
    """Return the rows of all decrees, one behind the other, as columns."""
    rows = [row for decree in dashboard.decrees for row in decree.rows]
    kinds, partners = _changes(dashboard)
    columns: dict[str, Callable[[Row], int]] = {
        "area": lambda row: names.area_number[row.area],
        "team": lambda row: names.teams.number(row.team),
        "due": lambda row: _mask(row.due),
        "perhaps": lambda row: _mask(row.perhaps),
        "state": lambda row: STATES.index(row.state),
        "flags": lambda row: row.needs_review | row.team_unsure << 1,
        "finding": lambda row: row.finding or 0,
    }
    made = {name: numbers([column(row) for row in rows]) for name, column in columns.items()}
    return {**made, "kinds": numbers(kinds), "partner": numbers(partners)}


def _mask(months: Iterable[int]) -> int:
    """Return months as bits, January the lowest."""
    return sum(1 << (month - 1) for month in months)


def _changes(dashboard: Dashboard) -> tuple[list[int], list[int]]:
    """Return of each row what became of it since the year before, as bits, and its partner there, from 1."""
    starts = [0]
    for decree in dashboard.decrees:
        starts.append(starts[-1] + len(decree.rows))
    kinds, partners = [0] * starts[-1], [0] * starts[-1]
    for pair in dashboard.pairs:
        for change in pair.changes:
            if change.b is not None:
                kinds[starts[pair.b] + change.b] = _kind_mask(change.kinds)
                partners[starts[pair.b] + change.b] = 0 if change.a is None else change.a + 1
    return kinds, partners


def _kind_mask(kinds: Iterable[str]) -> int:
    return sum(1 << COUNTED.index(kind) for kind in kinds)


def _pair(pair: YearPair) -> Json:
    gone = [(change.a, _kind_mask(change.kinds)) for change in pair.changes if change.b is None]
    return {"a": pair.a, "b": pair.b, "counts": [pair.counts[kind] for kind in COUNTED], "gone": gone}


def numbers(values: Sequence[int]) -> Json:
    """Return numbers from 0 as base64 of the narrowest type that holds them, the lowest byte first."""
    code, width = next((one for one in _WIDTHS if max(values, default=0) < 1 << 8 * one[1]), _WIDTHS[-1])
    packed_ = array(code, values)
    if sys.byteorder == "big":
        packed_.byteswap()
    return {"width": width, "base64": base64.b64encode(packed_.tobytes()).decode("ascii")}


class _Strings:
    """Texts by number; each is held once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def all(self) -> list[str]:
        return list(self._numbers)


def _part(n: int, decrees: Sequence[DecreeView]) -> bytes:
    """Return the script that hands the texts of some decrees to the page."""
    strings = _Strings()
    held = []
    for decree in decrees:
        crops = crops_of(decree.folder)
        rows = [_texts(row, crops, strings) for row in decree.rows]
        held.append({"rows": rows, "answers": _answers(decree.answers)})
    value = {"decrees": held, "strings": strings.all()}
    return f"lampiranTexts({n},{script_json(value)});\n".encode()


def _texts(row: Row, crops: Mapping[tuple[str, str], str], strings: _Strings) -> list[Any]:
    """Return a row's texts by number: those of fixed places, then page, line, pictures, then the documents."""
    fixed = (
        row.action_id,
        row.component_no,
        row.component,
        row.indicator,
        row.action,
        row.schedule_text,
        " ".join(row.periods),
    )
    own = [crops.get((row.action_id, name), "") for name in PICTURED]
    pictures = [*map(strings.number, own)] if any(own) else None
    return [
        *map(strings.number, fixed),
        row.page,
        row.line,
        pictures,
        *map(strings.number, row.documents),
    ]


def _answers(answers: Sequence[Answer]) -> list[list[int]]:
    """Return the rows of each question that has some: its number, then theirs."""
    return [[n, *answer.rows] for n, answer in enumerate(answers) if answer.rows]
