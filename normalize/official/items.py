"""The parsed list files turned into areas, components and questions of both editions of the sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from schema.plan import LkeEdition, LkePart

OLD_PREFIX = "2014."


@dataclass(frozen=True, slots=True)
class LkeQuestion:
    """A question of the sheet; `component` is the code of what it stands under."""

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


@dataclass(frozen=True)
class LkeList:
    """Both editions of the sheet, and what of the older one the newer one still asks (`current`)."""

    areas: Mapping[int, tuple[str, ...]]
    components: tuple[LkeComponent, ...]
    current: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_json(cls, data: Mapping[str, Any], crosswalk: Mapping[str, Any]) -> LkeList:
        """Build the list from the parsed list file and the parsed crosswalk between its editions."""
        return cls(
            areas={a["no"]: (a["name"], *a.get("aliases", ())) for a in data["areas"]},
            components=(*_components(data), *_old_components(data["legacy_2014"])),
            current={old: tuple(new) for old, new in crosswalk["same"].items()},
        )

    @cached_property
    def questions(self) -> tuple[LkeQuestion, ...]:
        """Every question of both editions, in the order of the list."""
        return tuple(question for component in self.components for question in component.questions)

    @cached_property
    def component_by_code(self) -> Mapping[str, LkeComponent]:
        """The components by their codes."""
        return {component.code: component for component in self.components}

    @cached_property
    def question_by_code(self) -> Mapping[str, LkeQuestion]:
        """The questions by their codes."""
        return {question.code: question for question in self.questions}

    def now(self, code: str) -> tuple[str, ...]:
        """Return the codes of edition 2021 that ask what a code asks: its own, or those of the crosswalk."""
        return self.current.get(code, ()) if code.startswith(OLD_PREFIX) else (code,)

    def home(self, question: LkeQuestion) -> str:
        """Return the code of the component of edition 2021 that a question of either edition belongs to."""
        return (*self.now(question.component), question.component)[0]

    @cached_property
    def old_of(self) -> Mapping[str, str]:
        """The component of the old edition for each of the newer one that it has."""
        olds = (component.code for component in self.components if component.edition == "2014")
        return {new: old for old in olds for new in self.current.get(old, ())}


def _components(data: Mapping[str, Any]) -> Iterator[LkeComponent]:
    parts: tuple[LkePart, LkePart] = ("pemenuhan", "reform")
    for area in data["areas"]:
        for part in parts:
            for ordinal, entry in enumerate(area[part], 1):
                yield LkeComponent(
                    code=entry["code"],
                    edition="2021",
                    area=area["no"],
                    part=part,
                    ordinal=ordinal,
                    names=(entry["name"], *(entry.get("aliases") or ())),
                    weight=entry["weight"],
                    questions=tuple(
                        LkeQuestion(q["code"], "2021", area["no"], entry["code"], q["text"])
                        for q in entry["questions"]
                    ),
                )


def _old_components(data: Mapping[str, Any]) -> Iterator[LkeComponent]:
    for area in data["areas"]:
        for ordinal, entry in enumerate(area["sub"], 1):
            code = f"{OLD_PREFIX}{area['no']}.{entry['no']}"
            yield LkeComponent(
                code=code,
                edition="2014",
                area=area["no"],
                part="pemenuhan",
                ordinal=ordinal,
                names=(entry["name"],),
                weight=None,
                questions=tuple(
                    LkeQuestion(f"{code}.{q['no']}", "2014", area["no"], code, _whole(q["text"]))
                    for q in entry["questions"]
                ),
            )


def _whole(text: str) -> str:
    """Return a question of the narrative list without the "; and" that leads on to the next."""
    return text.removesuffix("dan").rstrip("; ") if text.endswith("; dan") else text
