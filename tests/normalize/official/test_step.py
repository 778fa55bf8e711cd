"""A plan's areas with codes: what is set, what is left as printed, and the findings."""

from __future__ import annotations

import pytest

from normalize import Resources
from normalize.plan.sheet_codes import match_plan
from schema.decree import Field
from schema.plan import Action, Area, Component, Schedule
from schema.provenance import Reader, SourceRef


def field(text: str, reader: Reader = "transcript") -> Field:
    return Field(printed=text, text=text, refs=(SourceRef(sha256="0" * 64, line=1, reader=reader),))


def area(
    name: str, component: str, indicators: list[str], *, number: int = 5, reader: Reader = "transcript"
) -> Area:
    actions = tuple(
        Action(
            action_id=f"L{number}.i.{n}",
            position=n,
            indicator=field(text, reader),
            action=field("", reader),
            evidence=field("", reader),
            responsible=field("", reader),
            schedule=Schedule(state="unknown"),
        )
        for n, text in enumerate(indicators, 1)
    )
    named = field(component, reader) if component else Field(status="missing")
    own = Component(number=field("i", reader), name=named, actions=actions)
    return Area(number=number, label=field(str(number)), name=field(name), components=(own,))


def codes(areas: tuple[Area, ...]) -> list[str | None]:
    return [a.lke_code for each in areas for c in each.components for a in c.actions]


def test_components_and_actions_get_their_codes_and_keep_their_texts(resources: Resources) -> None:
    given = area("Pengawasan", "WBS", ["WBS telah diterapkan", "Papan nama"])
    matched = match_plan([given], resources.lke)
    component = matched.areas[0].components[0]
    assert (component.lke_code, codes(matched.areas)) == ("A.I.5.iv", ["A.I.5.iv.a", "A.I.5.iv"])
    assert component.name == given.components[0].name
    assert component.lke is not None
    assert component.lke.name == "Whistle-Blowing System"
    assert matched.edition == "2021"
    assert matched.facts == ()


@pytest.mark.parametrize(
    ("given", "wanted", "severity"),
    [
        (
            area("Akuntabilitas", "Pengelolaan Akuntabilitas", ["Terdapat IKU dan indikator kinerja SMART"]),
            "lke-doubtful",
            "warning",
        ),
        (
            area("Pelayanan Publik", "Pemanfaatan TI", ["Terdapat inovasi pelayanan"]),
            "lke-elsewhere",
            "notice",
        ),
        (
            area(
                "Pelayanan Publik", "Standar Pelayanan", ["Terdapat SOP bagi pelaksanaan standar pelayanan"]
            ),
            "lke-old-question",
            "notice",
        ),
        (
            area("Tata Laksana", "SOP", ["SOP mengacu pada peta proses bisnis, telah dievaluasi"]),
            "lke-several",
            "info",
        ),
    ],
)
def test_what_is_not_plain_has_a_finding_that_asks_for_no_review(
    given: Area, wanted: str, severity: str, resources: Resources
) -> None:
    found = {f.code: f for f in match_plan([given], resources.lke).facts}
    assert found[wanted].severity == severity
    assert found[wanted].action_id == "L5.i.1"
    assert found[wanted].field == "lke_code"
    assert not [f for f in found.values() if f.severity == "review"]


def test_a_doubtful_component_is_told_at_every_row_that_has_its_code(resources: Resources) -> None:
    given = area("Tata Laksana", "Transformasi Digital", ["Papan nama", "Pot bunga"], number=2)
    matched = match_plan([given], resources.lke)
    component = matched.areas[0].components[0]
    assert component.lke is not None
    assert component.lke.certainty == "probable"
    told = [f.action_id for f in matched.facts if f.code == "lke-doubtful"]
    assert told == ["L2.i.1", "L2.i.2"]


def test_a_lost_name_is_taken_from_the_sheet_and_asks_for_a_decision(resources: Resources) -> None:
    rows = [
        "Whistle Blowing System telah diterapkan",
        "Telah dilakukan evaluasi atas penerapan Whistle Blowing System",
    ]
    matched = match_plan([area("Pengawasan", "", rows)], resources.lke)
    assert matched.areas[0].components[0].name == Field(text="Whistle-Blowing System", status="inferred")
    assert [f.code for f in matched.facts] == ["component-name-inferred"]


def test_a_digital_page_without_a_name_stays_without(resources: Resources) -> None:
    rows = ["Whistle Blowing System telah diterapkan"]
    matched = match_plan([area("Pengawasan", "", rows, reader="pdf-text")], resources.lke)
    assert matched.areas[0].components[0].name.text == ""
    assert matched.facts == ()


def test_a_plan_of_another_subject_gets_nothing(resources: Resources) -> None:
    matched = match_plan([area("Angkutan", "Terminal", ["Jumlah terminal"])], resources.lke)
    assert (codes(matched.areas), matched.edition, matched.facts) == ([None], None, ())
