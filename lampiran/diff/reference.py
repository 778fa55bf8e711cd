"""The program's data -> what a comparison looks up: short names of offices, and official names of areas and components."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lampiran.alignment.wording import wording
from normalize.official.official_list import OfficialList
from normalize.resources import Resources


@dataclass(frozen=True)
class Reference:
    """Abbreviations by the full name of a kind of office, and codes of the official list by a name's wording."""

    abbreviations: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def same_name(self, one: str, other: str) -> bool:
        """Tell whether two wordings are official names, or aliases, of the same area or component."""
        return bool(self.codes.get(one, frozenset()) & self.codes.get(other, frozenset()))


def reference_from(resources: Resources) -> Reference:
    """Take from the program's data what a comparison looks up."""
    return Reference(resources.rules.abbreviations, _codes(resources.official))


def _codes(official: OfficialList) -> dict[str, frozenset[str]]:
    named: list[tuple[str, Iterable[str]]] = [
        (f"area {number}", names) for number, names in official.areas.items()
    ]
    named += [(component.code, component.names) for component in official.plan_components]
    found: dict[str, set[str]] = defaultdict(set)
    for code, names in named:
        for name in names:
            found[wording(name)].add(code)
    return {name: frozenset(codes) for name, codes in found.items()}
