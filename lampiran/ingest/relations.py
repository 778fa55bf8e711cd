"""All records of a store -> which decree another one takes the place of: the same again, a later version, or what it amends."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from lampiran.ingest.record import Record, Relation
from lampiran.ingest.settings import RELATIONS
from schema.findings import Message

# Whether two results say the same, as far as their readings can tell; asked only of one decree's files.
SaySame = Callable[[Record, Record], bool]
# "PERUBAHAN ATAS", "PERUBAHAN KEDUA ATAS": the words that the law on making regulations (UU 12/2011, annex II) gives such a title.
_AMENDS = re.compile(
    r"\bPERUBAHAN(?:\s+\S+){0,2}?\s+ATAS\b.*?\bNOMOR\s+(?P<number>\S+(?:\s*/\s*\S+)*?)\s+TAHUN\s+(?P<year>\d{4})",
    re.DOTALL | re.IGNORECASE,
)


def related(records: Iterable[Record], say_same: SaySame) -> list[Record]:
    """Return the records with their states, by sha256. Equal records give equal answers, in whatever order they came.

    Files of one office, number and year are one decree. Those that say the same are one reading each of it: the one that
    asks least stays. Those that do not are versions: the one of the latest printed date stays, unless a part of it was
    lost; where the date does not tell, or one has none, they wait for a person. What came later tells nothing: it may be an
    incomplete copy.
    """
    plain = {record.sha256: _plain(record) for record in sorted(records, key=lambda each: each.sha256)}
    for record in list(_replaced(plain.values())):
        plain[record.sha256] = record
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in plain.values():
        if record.result is not None and record.identified and record.decree_id:
            groups[record.decree_id].append(record)
    for group in groups.values():
        for record in _settled(group, say_same) if len(group) > 1 else ():
            plain[record.sha256] = record
    for record in list(_amended(list(plain.values()))):
        plain[record.sha256] = record
    return list(plain.values())


def _plain(record: Record) -> Record:
    """Return a record as its reading left it."""
    reason = record.reason if record.outcome == "failed" or record.code else None
    return record.replace(state=record.outcome, superseded_by=None, relation=None, reason=reason)


def _replaced(records: Iterable[Record]) -> Iterator[Record]:
    """Yield the failed inputs in whose place another file lies under the same name."""
    by_name: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        for name in record.names:
            by_name[name].append(record)
    for record in records:
        others = [each for name in record.names for each in by_name[name] if not each.outdated]
        if record.outcome == "failed" and record.outdated and others:
            yield _superseded(record, others[0], "version")


def _settled(group: Sequence[Record], say_same: SaySame) -> list[Record]:
    """Return the records of one decree with what became of each."""
    versions = _versions(group, say_same)
    best = [min(version, key=_burden) for version in versions]
    settled = [
        _superseded(record, one, "same")
        for version, one in zip(versions, best, strict=True)
        for record in version
        if record != one
    ]
    current = [version for version in versions if not all(record.outdated for record in version)] or versions
    latest = max(map(_date, current))
    last = [
        one
        for version, one in zip(versions, best, strict=True)
        if version in current and (_date(version) == latest or not (_date(version) or one.code))
    ]
    if all(
        one.code for one in last
    ):  # of a later one a part is lost: the whole ones before may be all there is
        last += [
            one for version, one in zip(versions, best, strict=True) if version in current and not one.code
        ]
    settled += [_superseded(one, last[0], "version") for one in best if one not in last]
    if len(last) > 1:
        settled += [_undecided(one, [other for other in last if other != one]) for one in last]
    return settled


def _versions(group: Sequence[Record], say_same: SaySame) -> list[list[Record]]:
    """Return the records of one decree by what they say, whatever file says it."""
    versions: list[list[Record]] = []
    for record in sorted(group, key=_burden):
        for version in versions:
            if record.rows == version[0].rows or say_same(version[0], record):
                version.append(record)
                break
        else:
            versions.append([record])
    return versions


def _burden(record: Record) -> tuple[bool, int, int, str]:
    """Return by what of several readings the best one is known: whole, asking least, the rest only to be the same each time."""
    return record.code != 0, record.reviews, -record.actions, record.sha256


def _date(version: Sequence[Record]) -> str:
    return max(record.date or "" for record in version)


def _superseded(record: Record, by: Record, relation: Relation) -> Record:
    return record.replace(state="superseded", superseded_by=by.sha256, relation=relation)


def _undecided(record: Record, others: Sequence[Record]) -> Record:
    names = ", ".join(sorted(other.names[0] for other in others))
    said = Message(
        id=f"{record.names[0]}: nomor, tahun dan kantornya sama dengan {names}, isinya berbeda, dan tidak diketahui mana yang lebih baru; sebutkan yang lama dengan lampiran ingest --outdated NAMA.",
        en=f"{record.names[0]}: office, number and year are those of {names}, the content differs, and which is the later one is not known; name the older one with lampiran ingest --outdated NAME.",
    )
    return record.replace(state="waits", reason=said)


def _amended(records: Sequence[Record]) -> Iterator[Record]:
    """Yield the records that another decree of their office says to amend, and of several that amend one all but the last.

    One that holds far fewer actions may state the changes alone; then the amended decree stays and waits for a person.
    """
    named = {
        (each.office, _number(each.number), each.year): each
        for each in records
        if each.identified and each.state in {"done", "waits"}
    }
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in named.values():
        old = _cited(record, named)
        if old is not None and not _is_earlier(record, old) and not _leads_back(record, named):
            groups[old.sha256].append(record)
    for old in named.values():
        amending = groups.get(old.sha256, [])
        current = [each for each in amending if not each.outdated] or amending
        last = [
            each for each in current if each.date == max(other.date or "" for other in current)
        ] or current
        yield from (_superseded(each, last[0], "amended") for each in amending if each not in last)
        if len(last) > 1:
            yield from (_unordered(each, [other for other in last if other != each], old) for each in last)
        elif last and not old.outdated and last[0].actions < old.actions * RELATIONS.whole:
            yield _changed_in_part(old, last[0])
            continue
        if last:
            yield _superseded(old, last[0], "amended")


def _cited(record: Record, named: Mapping[tuple[str | None, str, str | None], Record]) -> Record | None:
    """Return the decree that a title says to amend, `None` where it says none or that is not there."""
    cited = _AMENDS.search(record.title or "")
    found = named.get((record.office, _number(cited["number"]), cited["year"])) if cited else None
    return found if found != record else None


def _leads_back(record: Record, named: Mapping[tuple[str | None, str, str | None], Record]) -> bool:
    """Tell whether a record amends one that amends it in turn, over however many others: then none of them is the last."""
    seen = {record.sha256}
    at = _cited(record, named)
    while at is not None and at.sha256 not in seen:
        seen.add(at.sha256)
        at = _cited(at, named)
    return at is not None


def _is_earlier(record: Record, other: Record) -> bool:
    return bool(record.date and other.date) and str(record.date) < str(other.date)


def _unordered(record: Record, others: Sequence[Record], old: Record) -> Record:
    names = ", ".join(sorted(other.names[0] for other in others))
    said = Message(
        id=f"{record.names[0]}: mengubah {old.names[0]} seperti {names}, dan tidak diketahui mana yang lebih baru; sebutkan yang lama dengan lampiran ingest --outdated NAMA.",
        en=f"{record.names[0]}: it amends {old.names[0]} as {names} does, and which is the later one is not known; name the older one with lampiran ingest --outdated NAME.",
    )
    return record.replace(state="waits", reason=said)


def _changed_in_part(old: Record, by: Record) -> Record:
    said = Message(
        id=f"{old.names[0]}: diubah oleh {by.names[0]}, yang hanya memuat {by.actions} langkah aksi, bukan {old.actions}: mungkin perubahannya saja; bila lampirannya menggantikan seluruhnya, sebutkan yang lama dengan lampiran ingest --outdated NAMA.",
        en=f"{old.names[0]}: {by.names[0]} amends it, with only {by.actions} actions in place of {old.actions}: perhaps the changes alone; if its annex takes the place of the whole, name the older one with lampiran ingest --outdated NAME.",
    )
    return old.replace(state="waits", reason=said)


def _number(text: str | None) -> str:
    return re.sub(r"\W+", "-", (text or "").casefold()).strip("-")
