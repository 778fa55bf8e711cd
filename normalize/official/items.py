"""The parsed list file turned into the components and questions of both editions of the sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from schema.plan import LkeEdition, LkePart

OLD_PREFIX = "2014."


@dataclass(frozen=True, slots=True)
class LkeQuestion:
    """A question of the sheet; `component` is the code of its component."""

    code: str
    edition: LkeEdition
    area: int
    component: str
    text: str


@dataclass(frozen=True, slots=True)
class LkeComponent:
    """A sub-component: its place (`ordinal` from 1), names (the official one first), weight and questions.

    `weight` is `None` where the sheet gives none (edition 2014 weighs whole areas only).
    """

    code: str
    edition: LkeEdition
    area: int
    part: LkePart
    ordinal: int
    names: tuple[str, ...]
    weight: float | None
    questions: tuple[LkeQuestion, ...]

    @property
    def name(self) -> str:
        """Return the official name."""
        return self.names[0]


def read_components(data: Mapping[str, Any]) -> Iterator[LkeComponent]:
    """Yield the components of the parsed list file: those of edition 2021, then those of 2014."""
    parts: tuple[LkePart, ...] = get_args(LkePart)
    for area in data["areas"]:
        for part in parts:
            for ordinal, entry in enumerate(area[part], 1):
                questions = [(q["code"], q["text"]) for q in entry["questions"]]
                yield _component("2021", area["no"], part, ordinal, entry, questions)
    for area in data["legacy_2014"]["areas"]:
        for ordinal, entry in enumerate(area["sub"], 1):
            code = f"{OLD_PREFIX}{area['no']}.{entry['no']}"
            questions = [(f"{code}.{q['no']}", _whole(q["text"])) for q in entry["questions"]]
            yield _component("2014", area["no"], "pemenuhan", ordinal, {**entry, "code": code}, questions)


def _component(
    edition: LkeEdition,
    area: int,
    part: LkePart,
    ordinal: int,
    entry: Mapping[str, Any],
    questions: list[tuple[str, str]],
) -> LkeComponent:
    own = entry["code"]
    return LkeComponent(
        code=own,
        edition=edition,
        area=area,
        part=part,
        ordinal=ordinal,
        names=(entry["name"], *(entry.get("aliases") or ())),
        weight=entry.get("weight"),
        questions=tuple(LkeQuestion(code, edition, area, own, text) for code, text in questions),
    )


def _whole(text: str) -> str:
    """Return a question of the narrative list without the "; and" that leads on to the next."""
    return text.removesuffix("dan").rstrip("; ") if text.endswith("; dan") else text
