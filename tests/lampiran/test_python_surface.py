"""What a Python user touches: results loaded again, bytes and streams as input, values on one line, a table in a notebook."""

from __future__ import annotations

import io
import json
import os
import shutil
import threading
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import lampiran
from extract.types import Extraction
from lampiran.held_file import HeldFile, as_path
from lampiran.publish.writing import to_json
from lampiran.result import Result
from schema.decree import DecreeHead, Field
from schema.errors import InputError, UsageError
from schema.geometry import BBox
from schema.jsonschema import plan_schema, records_schema
from schema.plan import Action, Area, Component, Period, Plan, Schedule
from schema.provenance import Source, SourceRef

DRAWN = "kpu-contoh-2024.pdf"
TYPED = "kpu-batang-2025.transcript.txt"


@pytest.fixture(scope="module")
def result(samples: Path) -> Result:
    return lampiran.read(samples / DRAWN)


@pytest.fixture(scope="module")
def folder(result: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "plan"
    result.write(folder)
    return folder


def test_a_written_result_is_loaded_as_it_was(result: Result, folder: Path) -> None:
    for given in (folder, str(folder), folder / "decree.json"):
        loaded = lampiran.load(given)
        assert loaded.plan == result.plan
        assert loaded.extraction == result.extraction
        assert loaded.has_reading


def test_what_was_loaded_is_written_again_without_a_change_of_data(folder: Path, tmp_path: Path) -> None:
    lampiran.load(folder).write(tmp_path / "again")
    for file in folder.glob("*.json"):
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes(), file.name
    for file in folder.glob("*.csv"):
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes(), file.name


def test_a_result_without_its_reading_is_loaded_but_not_written(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "decree.json", tmp_path / "decree.json")
    loaded = lampiran.load(tmp_path)
    assert not loaded.has_reading
    assert len(loaded.to_frames()["actions"]) == 36
    with pytest.raises(UsageError, match="without its extraction"):
        loaded.write(tmp_path / "again")


def test_the_reading_of_another_file_is_not_taken(folder: Path, tmp_path: Path) -> None:
    for name in ("decree.json", "extraction.json"):
        shutil.copy(folder / name, tmp_path / name)
    other = json.loads((tmp_path / "extraction.json").read_bytes())
    other["source"]["sha256"] = "0" * 64
    (tmp_path / "extraction.json").write_text(json.dumps(other), encoding="utf-8")
    assert not lampiran.load(tmp_path).has_reading


@pytest.mark.parametrize("content", [None, "{}", "no JSON", '{"schema_version": "9.0.0"}'])
def test_what_is_no_result_is_one_error(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "decree.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        lampiran.load(tmp_path)


def test_the_source_stands_once_in_a_file(result: Result, folder: Path) -> None:
    sha256 = result.plan.source.sha256
    for name in ("decree.json", "extraction.json"):
        assert (folder / name).read_text(encoding="utf-8").count(sha256) == 1
    assert all(ref.sha256 == sha256 for action in result.plan.actions for ref in action.action.refs)


def test_a_place_in_another_file_keeps_its_sha256() -> None:
    source = Source(name="a.txt", sha256="0" * 64, media_type="text/plain", size=1)
    places = tuple(SourceRef(sha256=sign * 64, line=1, reader="transcript") for sign in "01")
    head = DecreeHead(title=Field(printed="a", text="a", refs=places))
    plan = Plan(decree_id="a", source=source, head=head)
    written = to_json(plan)
    assert written.count(b"0" * 64) == 1
    assert written.count(b"1" * 64) == 1
    assert Plan.model_validate_json(written) == plan


def test_a_plan_that_version_1_wrote_is_loaded(result: Result, tmp_path: Path) -> None:
    earlier = json.loads(result.plan.model_dump_json()) | {"schema_version": "1.2.0"}
    (tmp_path / "decree.json").write_text(json.dumps(earlier), encoding="utf-8")
    assert lampiran.load(tmp_path).plan.actions == result.plan.actions


def test_what_is_written_fits_its_schema(folder: Path) -> None:
    for name, schema in (("decree.json", plan_schema()), ("actions.json", records_schema())):
        written = json.loads((folder / name).read_bytes())
        assert list(jsonschema.Draft202012Validator(schema).iter_errors(written)) == []


def test_records_say_what_the_table_says(result: Result, folder: Path) -> None:
    records = json.loads((folder / "actions.json").read_bytes())
    table = result.to_frames()["actions"]
    table["months"] = table["months"].fillna("")
    assert [one["action_id"] for one in records["actions"]] == list(table["action_id"])
    for one, row in zip(records["actions"], table.to_dict("records"), strict=True):
        assert ";".join(map(str, one["months"])) == row["months"]
        assert (one["action"] or "") == str(row["action"])
        assert one["needs_review"] == row["needs_review"]
        assert len(json.dumps(one)) < 4000
    assert records["decree_id"] == result.plan.decree_id


def test_actions_are_a_tuple_in_the_order_of_print_and_may_be_called(result: Result) -> None:
    plan = result.plan
    assert isinstance(plan.actions, tuple)
    assert [action.action_id for action in plan.actions] == [item.action.action_id for item in plan.placed()]
    assert plan.actions == plan.actions
    assert plan.actions[0].action_id == "L1.a.1"


def test_values_are_told_on_one_short_line(result: Result) -> None:
    plan = result.plan
    assert (
        repr(plan)
        == f"Plan('{plan.decree_id}', 6 areas, 36 actions, {sum(a.needs_review for a in plan.actions)} to review, {len(plan.findings)} findings)"
    )
    assert repr(result) == repr(plan).replace("Plan", "Result")
    assert str(plan) == repr(plan)
    assert repr(BBox(x0=1, top=2.5, x1=30.123456, bottom=4)) == "BBox(1, 2.5, 30.123, 4)"
    assert (
        repr(Field(text="Rapat", status="filled", confidence=0.5)) == "Field('Rapat', filled, confidence=0.5)"
    )
    values: list[Any] = [
        *plan.actions,
        *plan.findings,
        *plan.areas,
        plan.source,
        result.extraction,
        *plan.forms,
    ]
    values += [*result.extraction.grids, *(p for a in plan.actions for p in a.schedule.periods)]
    for value in values:
        assert "\n" not in repr(value)
        assert len(repr(value)) < 600
    assert max(len(repr(action)) for action in plan.actions) < 160


def action(text: str, action_id: str = "L1.i.1", state: str = "planned") -> Action:
    periods = (
        Period(period_type="month", period=3, state=state),
        Period(period_type="month", period=4, state="not-planned"),
    )  # type: ignore[arg-type]
    return Action(
        action_id=action_id, position=1, indicator=Field(), action=Field(text=text), evidence=Field(), responsible=Field(),
        schedule=Schedule(state="marked", periods=periods), needs_review=True,
    )  # fmt: skip


def test_a_notebook_shows_the_schedule_and_nothing_in_it_can_run() -> None:
    source = Source(name="a.txt", sha256="0" * 64, media_type="text/plain", size=1)
    bad = "<script>alert(1)</script>\"'&"
    component = Component(
        number=Field(), name=Field(), actions=(action(bad, bad), action("b", state="unknown"))
    )
    area = Area(number=1, label=Field(), name=Field(), components=(component,))
    plan = Plan(decree_id=bad, source=source, head=DecreeHead(title=Field(text=bad)), areas=(area,))
    shown = Result(plan=plan, extraction=Extraction(source=source))._repr_html_()
    assert shown == plan._repr_html_()
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") == 4
    assert "<th>3</th><th>4</th>" in shown
    assert "<td>√</td><td></td>" in shown
    assert "<td>?</td><td></td>" in shown


class Unseekable(io.RawIOBase):
    """A stream as a socket or a pipe gives it: a few bytes at a time, and no way back."""

    def __init__(self, content: bytes) -> None:
        self._rest = content

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def readinto(self, buffer: Any) -> int:
        part, self._rest = self._rest[: min(len(buffer), 1000)], self._rest[min(len(buffer), 1000) :]
        buffer[: len(part)] = part
        return len(part)


@pytest.mark.parametrize("kind", ["bytes", "file", "memory", "unseekable"])
def test_bytes_and_streams_are_read_as_the_file_is(
    kind: str, result: Result, folder: Path, samples: Path, tmp_path: Path
) -> None:
    content = (samples / DRAWN).read_bytes()
    with (samples / DRAWN).open("rb") as stream:
        given: Any = {
            "bytes": content,
            "file": stream,
            "memory": io.BytesIO(content),
            "unseekable": Unseekable(content),
        }[kind]
        read = lampiran.read(given, name=None if kind == "file" else DRAWN)
    assert (read.plan, read.extraction) == (result.plan, result.extraction)
    read.write(tmp_path / "again")
    assert {p.name: p.read_bytes() for p in (tmp_path / "again").iterdir()} == {
        p.name: p.read_bytes() for p in folder.iterdir()
    }


def test_every_reader_takes_bytes_and_streams(samples: Path, result: Result) -> None:
    content = (samples / DRAWN).read_bytes()
    assert lampiran.read_tables(io.BytesIO(content)).content.source.name == "input"
    assert lampiran.verify(content, name="a.pdf").name == "a.pdf"
    typed = (samples / TYPED).read_bytes()
    found = lampiran.audit(
        io.BytesIO((samples / "kpu-batang-2025.pdf").read_bytes()), io.BytesIO(typed), name="typed.txt"
    )
    assert found.transcription.file == "typed.txt"
    assert found.faults() == lampiran.audit(samples / "kpu-batang-2025.pdf", samples / TYPED).faults()
    assert lampiran.read(typed, name="typed.txt").plan.actions


def test_a_pipe_is_read_to_its_end(samples: Path, result: Result) -> None:
    ends = os.pipe()

    def feed() -> None:
        with os.fdopen(ends[1], "wb") as sink:
            sink.write((samples / DRAWN).read_bytes())

    feeder = threading.Thread(target=feed)
    feeder.start()
    with os.fdopen(ends[0], "rb") as source:
        assert lampiran.read(source, name=DRAWN).plan == result.plan
    feeder.join()


@pytest.mark.parametrize(
    ("given", "kind", "words"),
    [
        (io.StringIO("text"), UsageError, "binary"),
        (b"", InputError, '"input" is empty'),
        (b'{"a": 1}', InputError, '"input" holds JSON'),
        (b"\x00\x01\x02", InputError, "neither a PDF nor a text"),
    ],
)
def test_what_cannot_be_read_is_one_error(given: Any, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        lampiran.read(given)


@pytest.mark.parametrize("given", [None, 3, object()])
def test_what_is_no_file_at_all_is_said_to_be_none(given: Any) -> None:
    with pytest.raises(UsageError, match=f"{type(given).__name__} is no file"):
        lampiran.read(given)


def test_a_path_has_a_name_already(samples: Path) -> None:
    with pytest.raises(UsageError):
        lampiran.read(samples / DRAWN, name="other.pdf")
    assert as_path(str(samples / DRAWN)) == samples / DRAWN


def test_a_held_file_is_a_file_and_nothing_beside_it_is() -> None:
    held = HeldFile.of(b"abc", "../../etc/name.txt")
    assert (str(held), held.suffix, held.stem) == ("name.txt", ".txt", "name")
    assert (held.is_file(), held.is_dir(), held.exists(), held.stat().st_size) == (True, False, True, 3)
    with held.open("rb") as stream:
        assert stream.read() == b"abc"
    with pytest.raises(OSError, match="in memory"):
        os.fspath(held)
    assert not held.with_suffix(".other").exists()
    assert not (held.parent / "no-such-file").exists()
