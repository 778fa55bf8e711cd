"""The name of a file that the program writes -> the commands that take it as their input."""

from __future__ import annotations

from collections.abc import Mapping

FOLDER, PAGE = "folder", "HTML"
PLAN = frozenset({FOLDER, "decree.json"})
ACTIONS = frozenset({"actions.csv", "actions.xlsx"})  # the tables that state a plan
DECISIONS = frozenset({"decisions.json"})
# What a command takes, by the words that stand before the file; whatever is not named here no command reads.
TAKEN: Mapping[str, frozenset[str]] = {
    "lampiran due": PLAN,
    "lampiran dashboard": PLAN,
    "lampiran review": PLAN,
    "lampiran coverage": PLAN,
    "lampiran publish": PLAN,
    "lampiran diff": PLAN,
    "lampiran audit DECREE": PLAN | ACTIONS,
    "lampiran audit --judged": frozenset({"audit-sample.csv", "audit-sample.xlsx"}),
    "lampiran review --merge": DECISIONS,
    "lampiran extract --decisions": DECISIONS,
    "lampiran extract --profile": frozenset({"profile.yaml"}),
}


def takers(name: str) -> tuple[str, ...]:
    """Return the commands that take a file of a result."""
    return tuple(command for command, names in TAKEN.items() if name in names)
