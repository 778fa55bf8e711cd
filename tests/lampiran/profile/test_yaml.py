"""`profile.yaml`: what is written is read again, and what is wrong is said with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lampiran import UsageError
from lampiran.profile.reading import from_yaml, load_profile
from lampiran.profile.text import to_yaml
from schema.profile import Profile, ProfileColumn, ProfileForm, ProfileSource

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)


@st.composite
def columns(draw: st.DrawFn) -> ProfileColumn:
    timed = draw(st.booleans())
    return ProfileColumn(
        name=draw(
            TEXTS | st.sampled_from(["NO", "1", "01", "~", "null", "yes", "- x", "a: b", "# c", "2025-01-01"])
        ),
        role="time" if timed else draw(st.sampled_from(["area_no", "action", "extra", "unknown"])),
        period_type="month" if timed else None,
        period=draw(st.integers(1, 12)) if timed else None,
        head=tuple(draw(st.lists(TEXTS, max_size=3))),
        certainty=draw(st.sampled_from(["certain", "probable"])),
        why=draw(st.sampled_from(["name", "position", "content", "profile"])),
        rivals=tuple(draw(st.lists(st.sampled_from(["area", "time"]), max_size=2))),
    )


FORMS = st.builds(
    ProfileForm,
    columns=st.lists(columns(), min_size=1, max_size=4).map(tuple),
    areas=st.sampled_from([None, "rows", "none"]),
    components=st.sampled_from([None, "column"]),
    levels=st.sampled_from([None, 1, 3]),
    marks=st.lists(TEXTS, max_size=2).map(tuple),
)
PROFILES = st.builds(
    Profile,
    profile=st.just(1),
    source=st.none() | st.builds(ProfileSource, name=TEXTS, sha256=TEXTS),
    forms=st.lists(FORMS, min_size=1, max_size=2).map(tuple),
)


@given(PROFILES, st.sampled_from(["id", "en"]))
def test_a_written_profile_is_read_again(profile: Profile, language: str) -> None:
    text = to_yaml(profile, language="id" if language == "id" else "en")
    assert from_yaml(text) == profile
    assert from_yaml(text.encode("utf-8")) == profile


def test_texts_that_look_like_other_values_stay_texts() -> None:
    profile = from_yaml("forms:\n- columns:\n  - {name: NO, role: area_no}\n  - {name: 01, role: extra}\n")
    assert [column.name for column in profile.forms[0].columns] == ["NO", "01"]


def test_columns_of_time_are_numbered_by_the_schedule() -> None:
    rows = "".join(f"  - {{name: TW {n}, role: time}}\n" for n in range(1, 5))
    (form,) = from_yaml(f"forms:\n- schedule: quarter\n  columns:\n{rows}").forms
    assert [(c.period_type, c.period) for c in form.columns] == [("quarter", n) for n in range(1, 5)]


WRONG = {
    "": "no profile",
    "- a": "no profile",
    "forms: [": "no valid YAML",
    "forms:\n- columns:\n  - {name: A, role: aktion}\n": 'line 3: role "aktion" is not known; it is one of area_no,',
    "forms:\n- columns:\n  - {name: A, role: action}\n  spalten: 3\n": 'line 4: there is no key "spalten"',
    "profil: 1\nforms: []\n": 'there is no key "profil"',
    "forms:\n- columns:\n  - name: A\n": 'line 3: the key "role" is missing',
    "forms:\n- columns:\n  - {name: A, role: action, role: extra}\n": 'line 3: the key "role" is there twice',
    "profile: 2\nforms:\n- columns: [{name: A, role: action}]\n": "line 1: profile:",
    "forms:\n- columns: [{name: A, role: time, period_type: quarter, period: 5}]\n": "there is no quarter 5",
    "forms:\n- columns: [{name: A, role: action, period_type: month, period: 5}]\n": "only time has",
    "forms: &a\n- columns: *a\n": "references (*) are not used",
    "forms: !!python/object:os.system x\n": "no valid YAML",
    "forms:\n- columns:\n  - {name: , role: action}\n": "line 3: name:",
    "[" * 3000: "line 1: it is nested too deeply",
    "a\x00b": "no YAML text",
}


@pytest.mark.parametrize("text", list(WRONG), ids=range(len(WRONG)))
def test_what_is_wrong_is_said_in_one_sentence_with_its_place(tmp_path: Path, text: str) -> None:
    file = tmp_path / "saya.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_profile(file)
    said = caught.value.text("en")
    assert WRONG[text] in said
    assert str(file) in said
    assert str(file) in caught.value.text("id")
    assert caught.value.exit_code == 2


def test_bytes_that_are_no_text_and_files_that_are_not_there(tmp_path: Path) -> None:
    file = tmp_path / "saya.yaml"
    with pytest.raises(UsageError, match="cannot be read"):
        load_profile(file)
    file.write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(UsageError, match="no YAML text"):
        load_profile(file)
    file.write_bytes(b"#" * (2**20 + 1))
    with pytest.raises(UsageError, match="too large"):
        load_profile(file)
