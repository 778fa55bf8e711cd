"""A profile given back: forms read with their own profile, changed forms told of and read right, hand edits followed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import lampiran
from benchmarks.accuracy.forms import score
from lampiran.profile.build import profile_of
from lampiran.profile.reading import from_yaml
from normalize.profile import CHANGES
from samples.draw.offices import office_data
from samples.draw.variants import Variant, office_names, office_variant, variant
from schema.findings import Finding
from schema.plan import Plan
from schema.profile import Profile, ProfileColumn
from schema.roles import Role

Entry = dict[str, Any]
Change = Callable[[Entry], None]
FORM = "quarters-above-months"
BY_LOT = ("any-9", "any-20")


def entry(name: str = FORM) -> Entry:
    return copy.deepcopy(next(dict(e) for e in office_data()["offices"] if e["name"] == name))


def read(folder: Path, drawn: Variant, profile: Profile | None = None) -> Plan:
    path = folder / f"{drawn.name}.pdf"
    path.write_bytes(drawn.pdf())
    return lampiran.read(path, profile=profile).plan


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    return profile_of(read(tmp_path_factory.mktemp("base"), office_variant(entry())))


def place(e: Entry, head: str) -> int:
    return next(n for n, column in enumerate(e["table"]) if column["head"][0] == head)


def rename(old: str, new: str) -> Change:
    return lambda e: e["table"][place(e, old)].update(head=[new])


def move(head: str, to: int) -> Change:
    return lambda e: e["table"].insert(to, e["table"].pop(place(e, head)))


def remove(head: str) -> Change:
    return lambda e: e["table"].pop(place(e, head))


def add(at: int, *head: str, values: tuple[str, ...] = ("1.000.000", "2.500.000")) -> Change:
    column = {"holds": "extra", "width": 56, "head": list(head), "values": list(values)}
    return lambda e: e["table"].insert(at, column)


def timed(**column: Any) -> Change:
    def change(e: Entry) -> None:
        e["table"][place(e, "JADWAL KEGIATAN")] = {"head": ["JADWAL KEGIATAN"], **column}
        e["time"] = "Januari"

    return change


def told(plan: Plan) -> list[tuple[str, str | None, str | None]]:
    return [(f.code, f.raw, f.value) for f in plan.findings if f.code in CHANGES]


def without_doubts(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.code != "column-role-doubtful"]


def test_the_roles_of_a_profile_are_those_of_a_form() -> None:
    assert ProfileColumn.model_fields["role"].annotation == Role


@pytest.mark.parametrize("name", [*office_names(), *BY_LOT])
def test_a_form_read_with_its_own_profile_is_the_same_but_for_its_doubts(tmp_path: Path, name: str) -> None:
    plain = read(tmp_path, variant(name))
    own = read(tmp_path, variant(name), profile_of(plain))
    assert told(own) == []
    assert own.areas == plain.areas
    assert without_doubts(own.findings) == without_doubts(plain.findings)
    if all(c.certainty == "certain" or c.role == "unknown" for form in plain.forms for c in form.columns):
        assert own.replace(settings=plain.settings) == plain


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            rename("BUKTI DUKUNG", "LUARAN PEKERJAAN"),
            [("form-column-renamed", "BUKTI DUKUNG", "LUARAN PEKERJAAN")],
        ),
        (
            rename("PENANGGUNG JAWAB", "PELAKSANA"),
            [("form-column-renamed", "PENANGGUNG JAWAB", "PELAKSANA")],
        ),
        (
            rename("RENCANA AKSI", "URAIAN PEKERJAAN"),
            [("form-column-renamed", "RENCANA AKSI", "URAIAN PEKERJAAN")],
        ),
        (move("BUKTI DUKUNG", 1), [("form-column-moved", "BUKTI DUKUNG", "2")]),
        (move("PENANGGUNG JAWAB", 6), [("form-column-moved", "PENANGGUNG JAWAB", "7")]),
        (move("JADWAL KEGIATAN", 1), [("form-column-moved", "JADWAL KEGIATAN", "2")]),
        (remove("TARGET"), [("form-column-missing", "TARGET", None)]),
        (add(5, "ANGGARAN"), [("form-column-new", "ANGGARAN", "extra")]),
        (add(5, "OUTPUT", values=("1 dok", "2 dok")), [("form-column-new", "OUTPUT", "extra")]),
        (
            timed(holds="quarter", width=30, labels="TW I"),
            [("form-schedule-changed", "month", "quarter")],
        ),
        (timed(holds="time", width=90), [("form-schedule-changed", "month", "text")]),
    ],
    ids=lambda value: value[0][0] + " " + value[0][1] if isinstance(value, list) else "",
)
def test_a_changed_form_is_reported_and_read_right(
    tmp_path: Path, base: Profile, change: Change, expected: list[tuple[str, str, str | None]]
) -> None:
    e = entry()
    change(e)
    drawn = office_variant(e)
    plan = read(tmp_path, drawn, base)
    assert told(plan) == expected
    assert score(drawn, plan).wrong == []


def test_areas_printed_elsewhere_are_reported(tmp_path: Path, base: Profile) -> None:
    e = entry()
    e["area_style"] = "heading"
    drawn = office_variant(e)
    plan = read(tmp_path, drawn, base)
    assert told(plan) == [("form-areas-changed", "rows", "headings")]
    assert score(drawn, plan).wrong == []


def test_several_changes_are_reported_one_by_one(tmp_path: Path, base: Profile) -> None:
    e = entry()
    for change in (
        rename("BUKTI DUKUNG", "LUARAN PEKERJAAN"),
        move("PENANGGUNG JAWAB", 6),
        add(2, "ANGGARAN"),
    ):
        change(e)
    drawn = office_variant(e)
    plan = read(tmp_path, drawn, base)
    assert told(plan) == [
        ("form-column-renamed", "BUKTI DUKUNG", "LUARAN PEKERJAAN"),
        ("form-column-moved", "PENANGGUNG JAWAB", "8"),
        ("form-column-new", "ANGGARAN", "extra"),
    ]
    assert score(drawn, plan).wrong == []


def test_a_role_that_no_column_has_waits_for_a_person(tmp_path: Path, base: Profile) -> None:
    e = entry()
    remove("BUKTI DUKUNG")(e)
    plan = read(tmp_path, office_variant(e), base)
    assert told(plan) == [
        ("form-role-unplaced", "BUKTI DUKUNG", "evidence"),
        ("form-column-missing", "BUKTI DUKUNG", None),
    ]
    assert next(f for f in plan.findings if f.code == "form-role-unplaced").severity == "review"


def test_where_a_missing_column_and_a_renamed_one_cannot_be_distinguished_a_person_decides(
    tmp_path: Path, base: Profile
) -> None:
    e = entry()
    remove("TARGET")(e)
    rename("BUKTI DUKUNG", "LUARAN PEKERJAAN")(e)
    plan = read(tmp_path, office_variant(e), base)
    (finding,) = [f for f in plan.findings if f.code == "form-role-unplaced"]
    assert (finding.value, finding.alternatives) == ("evidence", ("LUARAN PEKERJAAN",))


def test_another_offices_form_is_not_read_by_the_profile(tmp_path: Path) -> None:
    hand = from_yaml(
        "forms: [{columns: [{name: WILAYAH, role: area}, {name: NAMA, role: extra}, {name: UMUR, role: extra}]}]"
    )
    plain = read(tmp_path, office_variant(entry()))
    plan = read(tmp_path, office_variant(entry()), hand)
    assert [code for code, *_ in told(plan)] == ["form-profile-unfit"]
    assert plan.areas == plain.areas


def test_a_role_edited_by_hand_is_followed_and_logged(tmp_path: Path, base: Profile) -> None:
    roles = {"TARGET": "evidence", "BUKTI DUKUNG": "extra"}
    data = base.model_dump()
    for column in data["forms"][0]["columns"]:
        column["role"] = roles.get(column["name"], column["role"])
    plan = read(tmp_path, office_variant(entry()), Profile.model_validate(data))
    action = next(plan.placed()).action
    assert action.evidence.text == "1 dokumen"
    assert [extra.column for extra in action.extra] == ["BUKTI DUKUNG"]
    pinned = [(f.raw, f.value, f.alternatives) for f in plan.findings if f.code == "form-role-pinned"]
    assert pinned == [("TARGET", "evidence", ("extra",)), ("BUKTI DUKUNG", "extra", ("evidence",))]
    assert told(plan) == []


def test_a_form_of_unknown_names_is_read_by_a_profile_written_by_hand(tmp_path: Path) -> None:
    names = {
        "KOMPONEN": ("UNSUR POKOK", "component"),
        "INDIKATOR": ("UKURAN", "indicator"),
        "RENCANA AKSI": ("PEKERJAAN", "action"),
        "BUKTI DUKUNG": ("LUARAN", "evidence"),
        "PENANGGUNG JAWAB": ("PEMILIK", "responsible"),
    }
    e = entry()
    for old, (new, _) in names.items():
        rename(old, new)(e)
    drawn = office_variant(e)
    with pytest.raises(lampiran.NoPlanError):
        read(tmp_path, drawn)
    columns = "".join(f"  - {{name: {new}, role: {role}}}\n" for new, role in names.values())
    plan = read(tmp_path, drawn, from_yaml("forms:\n- columns:\n" + columns))
    assert score(drawn, plan).wrong == []
    assert told(plan) == [
        ("form-column-new", "NO", "area_no"),
        ("form-column-new", "TARGET", "extra"),
        ("form-column-new", "JADWAL KEGIATAN", "time"),
    ]
