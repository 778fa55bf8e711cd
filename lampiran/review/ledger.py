"""Decisions and new ones, taken back ones or those of other people -> the ledger that holds them all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from schema.decisions import Decision, DecisionFile


def with_decisions(file: DecisionFile, made: Iterable[Decision]) -> DecisionFile:
    """Return the file with new decisions; those that they replace, and conflicts that they end, are past."""
    new = {decision.key: decision for decision in made}
    kept = [old for old in file.decisions if old.key not in new]
    replaced = [old for old in file.decisions if old.key in new and old != new[old.key]]
    ended = [one for conflict in file.conflicts if conflict[0].key in new for one in conflict]
    open_ = tuple(conflict for conflict in file.conflicts if conflict[0].key not in new)
    past = (*file.past, *replaced, *ended)
    return file.replace(decisions=(*kept, *new.values()), conflicts=open_, past=past)


def without(file: DecisionFile, keys: Collection[str]) -> DecisionFile:
    """Return the file without some decisions, which are past then."""
    gone = [one for one in file.decisions if one.key in keys]
    kept = tuple(one for one in file.decisions if one.key not in keys)
    return file.replace(decisions=kept, past=(*file.past, *gone)) if gone else file


def merged(file: DecisionFile, other: DecisionFile) -> tuple[DecisionFile, int]:
    """Return two people's decisions as one, and how many of the other's are new.

    Where both decided the same, the earlier one is kept; where they differ, both become a conflict and neither holds.
    """
    held = {one.key: one for one in file.decisions}
    disputed = {conflict[0].key: conflict for conflict in file.conflicts}
    new = [one for one in other.decisions if one.key not in held and one.key not in disputed]
    for one in other.decisions:
        mine = held.get(one.key)
        if mine is not None and mine.said != one.said:
            disputed[one.key] = (mine, one)
            del held[one.key]
        elif mine is not None:
            held[one.key] = min(mine, one, key=lambda d: d.at)
        elif one.key in disputed and one not in disputed[one.key]:
            disputed[one.key] = (*disputed[one.key], one)
    for conflict in other.conflicts:
        _dispute(held, disputed, conflict)
    past = (*file.past, *(one for one in other.past if one not in file.past))
    made = file.replace(decisions=(*held.values(), *new), conflicts=tuple(disputed.values()), past=past)
    return made, len(new)


def _dispute(
    held: dict[str, Decision], disputed: dict[str, tuple[Decision, ...]], conflict: tuple[Decision, ...]
) -> None:
    """Take over a conflict that the other file has already."""
    key = conflict[0].key
    mine = held.pop(key, None)
    known = disputed.get(key, (mine,) if mine is not None else ())
    disputed[key] = (*known, *(one for one in conflict if one not in known))


def by_key(decisions: Iterable[Decision]) -> Mapping[str, Decision]:
    """Return decisions by their keys."""
    return {decision.key: decision for decision in decisions}
