"""Parquet, a data package and JSON Lines of many decrees: other programs read them as they were meant, and nothing is mixed."""

from __future__ import annotations

import gzip
import io
import json
import signal
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pandas as pd
import polars as pl
import pytest

import lampiran
from lampiran.cli.app import run
from lampiran.databases.entries import result_id_of
from lampiran.databases.publishing import Given, publish_given
from lampiran.databases.target import target_of
from lampiran.publish.frames import to_frames
from schema.many import many_tables
from schema.plan import Plan
from tests.lampiran.databases.plans import COPY, KEYED, NEWER, ODD, OLDER, many, placed, write
from tests.lampiran.databases.publisher import Publisher

ENDINGS = ("parquet", "zip", "jsonl", "jsonl.gz")
PLANS = (KEYED, COPY, OLDER, placed(NEWER))
ID = result_id_of(KEYED)


def content(target: Path) -> dict[str, bytes]:
    """Return the bytes of a target by its files."""
    if target.is_dir():
        return {path.name: path.read_bytes() for path in target.iterdir()}
    return {target.name: target.read_bytes()} if target.exists() else {}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data package of the plans, unpacked."""
    folder = tmp_path_factory.mktemp("paket")
    lampiran.publish(*PLANS, to=folder / "x.zip")
    zipfile.ZipFile(folder / "x.zip").extractall(folder)
    return folder


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of Parquet of the plans."""
    folder = tmp_path_factory.mktemp("parquet") / "x.parquet"
    lampiran.publish(*PLANS, to=folder)
    return folder


def test_the_package_is_valid(package: Path) -> None:
    described = json.loads((package / "datapackage.json").read_bytes())
    assert [resource["name"] for resource in described["resources"]] == list(many_tables())
    report = frictionless.validate(str(package / "x.zip"))
    assert report.valid, report.flatten(["type", "message"])


def test_a_fault_in_the_package_is_seen(package: Path, tmp_path: Path) -> None:
    for path in package.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    faulty = (tmp_path / "evidence.csv").read_bytes().replace(b",L1.i.1,", b",L9.i.1,")
    (tmp_path / "evidence.csv").write_bytes(faulty)
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def as_csv(package: Path, name: str) -> pd.DataFrame:
    table = many_tables()[name]
    days = {column.name for column in table.columns if column.type == "date"}
    dtypes = {name: "string" if name in days else dtype for name, dtype in table.dtypes().items()}
    found = pd.read_csv(package / f"{name}.csv", dtype=dtypes, keep_default_na=False, na_values=[""])
    return found.assign(**{day: pd.to_datetime(found[day]).astype("datetime64[s]") for day in days})


def plain(rows: Any) -> list[list[Any]]:
    return [[None if value is pd.NA or value is pd.NaT else value for value in row] for row in rows]


@pytest.mark.parametrize("name", list(many_tables()))
def test_parquet_equals_the_csv_in_three_readers(name: str, package: Path, parquet: Path) -> None:
    expected = as_csv(package, name)
    path = parquet / f"{name}.parquet"
    by_pandas = pd.read_parquet(path, dtype_backend="numpy_nullable")
    day = {column.name for column in many_tables()[name].columns if column.type == "date"}
    as_read = by_pandas.assign(**{one: pd.to_datetime(by_pandas[one]).astype("datetime64[s]") for one in day})
    pd.testing.assert_frame_equal(as_read.astype(expected.dtypes.to_dict()), expected)
    rows = [
        [value.date() if isinstance(value, pd.Timestamp) else value for value in row]
        for row in plain(expected.itertuples(index=False))
    ]
    assert plain(duckdb.sql(f"SELECT * FROM '{path}'").fetchall()) == rows
    assert plain(pl.read_parquet(path).rows()) == rows


def test_an_empty_column_keeps_its_type(parquet: Path) -> None:
    kinds = dict(
        duckdb.sql(
            f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '{parquet / 'actions_extra.parquet'}')"
        ).fetchall()
    )
    assert pl.read_parquet(parquet / "actions_extra.parquet").height == 0
    assert (kinds["text"], kinds["page"], kinds["x0"]) == ("VARCHAR", "BIGINT", "DOUBLE")
    decree = pl.read_parquet_schema(parquet / "decree.parquet")
    assert (decree["date"], decree["number"], decree["counted"]) == (pl.Date, pl.String, pl.Boolean)


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("kind", ["parquet", "package"])
def test_a_result_comes_back_as_it_went_in(kind: str, plan: Plan, package: Path, parquet: Path) -> None:
    found = lampiran.read_back(parquet if kind == "parquet" else package / "x.zip", result_id_of(plan))
    for name, frame in to_frames(plan).items():
        pd.testing.assert_frame_equal(found[name], frame)


def lines(target: Path) -> list[dict[str, Any]]:
    raw = target.read_bytes()
    text = gzip.decompress(raw) if target.name.endswith(".gz") else raw
    return [json.loads(line) for line in text.splitlines()]


def test_each_line_is_an_action_with_its_decree(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for name in ("x.jsonl", "x.jsonl.gz"):
        lampiran.publish(KEYED, OLDER, to=tmp_path / name)
    found = lines(tmp_path / "x.jsonl")
    assert len(found) == 5 + 4
    assert found == lines(tmp_path / "x.jsonl.gz")
    first, second = found[:2]
    assert (first["result_id"], first["decree_id"], first["number"]) == (ID, KEYED.decree_id, "8.10")
    assert (first["action_id"], first["months"], first["responsible"]) == ("L1.i.1", [3, 6], "TIM A")
    assert second["action"] == ODD
    results = write(tmp_path / "out", KEYED, OLDER)
    assert run(["publish", str(results), "--to", "-", "--lang", "en"]) == 0
    captured = capsysbinary.readouterr()
    printed = [json.loads(line) for line in captured.out.splitlines()]
    assert sorted(printed, key=repr) == sorted(found, key=repr)
    assert captured.err.startswith(b"-: 2 added")


def counts(target: Path) -> dict[str, tuple[bool, bool]]:
    """Return whether the lines of each result say that it counts and that it is superseded, all of them the same."""
    said = {(line["result_id"], line["counted"], line["superseded"]) for line in lines(target)}
    found = {result: (counted, superseded) for result, counted, superseded in said}
    assert len(found) == len(said)
    return found


@pytest.mark.parametrize("name", ["x.jsonl", "x.jsonl.gz"])
def test_lines_say_which_result_counts_also_when_a_better_one_comes_or_goes(
    name: str, tmp_path: Path
) -> None:
    target, copy = tmp_path / name, result_id_of(COPY)
    assert lampiran.publish(COPY, OLDER, to=target).uncounted == ()
    assert counts(target) == {copy: (True, False), result_id_of(OLDER): (True, False)}
    assert lampiran.publish(KEYED, to=target).uncounted == (copy,)
    assert counts(target) == {copy: (False, False), ID: (True, False), result_id_of(OLDER): (True, False)}
    marked = Given()
    (tmp_path / "one").mkdir()
    (result,) = write(tmp_path / "one", KEYED).iterdir()
    marked.add(result, superseded=True)
    assert publish_given(marked, target_of(str(target))).uncounted == (ID,)
    assert counts(target) == {copy: (True, False), ID: (False, True), result_id_of(OLDER): (True, False)}


@pytest.mark.parametrize("target", ["x.sqlite", *(f"x.{ending}" for ending in ENDINGS), "-"])
def test_what_is_not_counted_is_said_of_every_target(
    target: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    results = write(tmp_path / "out", KEYED, COPY)
    named = target if target == "-" else str(tmp_path / target)
    assert run(["publish", str(results), "--to", named, "--lang", "en"]) == 0
    captured = capfd.readouterr()
    said = captured.err if target == "-" else captured.out
    assert f"{result_id_of(COPY)}: another result of the same decree is counted, or takes its place" in said
    if target == "-":
        printed = [json.loads(line) for line in captured.out.splitlines()]
        assert {line["result_id"] for line in printed if line["counted"]} == {ID}


def test_lines_of_an_older_version_are_taken_and_filled_in_when_they_come_again(tmp_path: Path) -> None:
    target, wanted = tmp_path / "x.jsonl", tmp_path / "wanted.jsonl"
    lampiran.publish(COPY, OLDER, KEYED, to=wanted)
    lampiran.publish(KEYED, OLDER, to=target)
    later = ("counted", "superseded", "errors", "reviews")
    old = [{key: value for key, value in line.items() if key not in later} for line in lines(target)]
    target.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in old), encoding="utf-8")
    told = lampiran.publish(COPY, to=target)
    assert (len(told.added), len(told.kept), told.uncounted) == (1, 2, (ID,))  # what is known counts first
    assert {line["result_id"] for line in lines(target) if line["counted"]} == {
        result_id_of(COPY),
        result_id_of(OLDER),
    }
    told = lampiran.publish(KEYED, OLDER, to=target)
    assert (len(told.replaced), told.uncounted) == (2, (result_id_of(COPY),))
    assert sorted(lines(target), key=repr) == sorted(lines(wanted), key=repr)


@pytest.mark.parametrize("ending", ENDINGS)
def test_published_again_nothing_is_written(ending: str, tmp_path: Path) -> None:
    target = tmp_path / f"x.{ending}"
    lampiran.publish(*PLANS, to=target)
    before, at = content(target), target.stat().st_mtime_ns
    told = lampiran.publish(*PLANS, to=target)
    assert (len(told.unchanged), told.added, told.replaced) == (4, (), ())
    assert content(target) == before
    assert target.stat().st_mtime_ns == at


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_decree_is_replaced_and_the_others_stay(ending: str, tmp_path: Path) -> None:
    target, wanted = tmp_path / f"x.{ending}", tmp_path / f"wanted.{ending}"
    again = KEYED.replace(findings=())
    lampiran.publish(KEYED, OLDER, NEWER, to=target)
    told = lampiran.publish(again, COPY, to=target)
    assert (len(told.added), told.replaced, len(told.kept)) == (1, (ID,), 2)
    lampiran.publish(again, COPY, OLDER, NEWER, to=wanted)
    if ending.startswith("jsonl"):
        assert sorted(lines(target), key=repr) == sorted(lines(wanted), key=repr)
    else:
        for name in many_tables():
            assert sorted(table_rows(target, name)) == sorted(table_rows(wanted, name)), name
    told = lampiran.publish(NEWER, to=target, prune=True)
    assert (len(told.removed), len(told.unchanged)) == (3, 1)


def table_rows(target: Path, name: str) -> list[str]:
    if target.is_dir():
        return [repr(row) for row in pl.read_parquet(target / f"{name}.parquet").rows()]
    with zipfile.ZipFile(target) as archive:
        frame = pl.read_csv(io.BytesIO(archive.read(f"{name}.csv")), infer_schema=False)
    return [repr(row) for row in frame.rows()]


@pytest.mark.parametrize("ending", ["parquet", "zip", "jsonl"])
def test_two_publishers_at_once_lose_nothing(ending: str, tmp_path: Path) -> None:
    target = tmp_path / f"x.{ending}"
    folders = [write(tmp_path / str(n), *many(3, first=3 * n)) for n in range(2)]
    both = [Publisher(folder, "--to", target) for folder in folders]
    assert [publisher.ended()[0] for publisher in both] == [0, 0]
    told = lampiran.publish(*folders, to=target)
    assert len(told.unchanged) == 6
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.parametrize("ending", ["parquet", "zip", "jsonl"])
def test_a_killed_publisher_leaves_the_old_files_and_nothing_for_long(ending: str, tmp_path: Path) -> None:
    target = tmp_path / f"x.{ending}"
    lampiran.publish(OLDER, to=target)
    before = content(target)
    results = write(tmp_path / "out", KEYED, NEWER)
    killed = Publisher(results, "--to", target, kill_before=1, killed_at="file").ended()
    assert killed[0] == -signal.SIGKILL
    assert content(target) == before
    assert len(list(tmp_path.glob(f".{target.name}.*"))) > 1
    lampiran.publish(results, to=target)
    assert list(tmp_path.glob(f".{target.name}.*")) == []


@pytest.mark.parametrize("ending", ["zip", "jsonl", "jsonl.gz"])
def test_a_file_of_others_is_left_alone(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / f"x.{ending}"
    for foreign in (b"bukan milik kami", gzip.compress(b'{"a": 1}\n', mtime=0), b'{"a": 1}\n'):
        target.write_bytes(foreign)
        code = run(
            ["publish", str(write(tmp_path / str(len(foreign)), KEYED)), "--to", str(target), "--lang", "en"]
        )
        assert code == 6
        assert "something else is there" in capsys.readouterr().err
        assert target.read_bytes() == foreign
    assert list(tmp_path.glob(".*")) == []


def test_a_folder_of_others_and_one_that_was_changed_are_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target, results = tmp_path / "data", str(write(tmp_path / "out", KEYED))
    target.mkdir()
    (target / "surat.txt").write_text("x", encoding="utf-8")
    call = ["publish", results, "--to", f"{target}/", "--lang", "en"]
    assert run(call) == 6
    assert "something else is there (surat.txt)" in capsys.readouterr().err
    (target / "surat.txt").unlink()
    assert run(call) == 0
    (target / "decree.parquet").write_bytes((target / "actions.parquet").read_bytes())
    assert run(call) == 6
    assert "it was changed since it was published (decree.parquet)" in capsys.readouterr().err
