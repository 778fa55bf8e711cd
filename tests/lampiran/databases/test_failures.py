"""What can go wrong with a target is one sentence in both languages, with exit code 6, and no password in it."""

from __future__ import annotations

import ctypes
import json
import resource
import socket
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import pytest

import lampiran
from lampiran.cli.app import run
from lampiran.databases.target import target_of
from lampiran.databases.version import VERSION
from schema.errors import UsageError
from tests.lampiran.databases.plans import KEYED, many, text, write
from tests.lampiran.databases.publisher import Publisher
from tests.lampiran.databases.server import PASSWORD, Postgres, encrypt, running


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A folder with one result."""
    return write(tmp_path / "out", KEYED)


def told(capsys: pytest.CaptureFixture[str], results: Path, target: str, *more: str) -> tuple[int, str]:
    """Publish in English and in Indonesian; return the code and the English sentence."""
    code = run(["publish", str(results), "--to", target, "--lang", "id", "--log-level", "debug", *more])
    first = capsys.readouterr().err
    assert (
        run(["publish", str(results), "--to", target, "--lang", "en", "--log-level", "debug", *more]) == code
    )
    second = capsys.readouterr().err
    for said in (first, second):
        assert "Traceback" not in said
        assert PASSWORD not in said
        assert quote(PASSWORD, safe="") not in said
        assert "kunci-salah" not in said
    assert first != second
    assert first.startswith("lampiran: ")
    return code, second


def test_a_wrong_password(
    postgres: Postgres,
    results: Path,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    target = postgres.fresh("sandi")
    wanted = f"{target}: the password of the user penerbit is wrong or was not given"
    wrong = postgres.url("sandi", password="kunci-salah")
    code, said = told(capsys, results, wrong)
    assert code == 6
    assert wanted in said
    file = tmp_path / "sandi.txt"
    file.write_text("kunci-salah\n", encoding="utf-8")
    code, said = told(capsys, results, target, "--password-file", str(file))
    assert (code, wanted in said) == (6, True)
    assert told(capsys, results, target)[0] == 6


def test_a_password_is_taken_from_its_file_the_address_or_the_environment(
    postgres: Postgres, results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    target = postgres.fresh("sandi")
    file = tmp_path / "sandi.txt"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    assert len(lampiran.publish(results, to=target, password_file=file).added) == 1
    named = lampiran.publish(results, to=postgres.url("sandi", password=quote(PASSWORD, safe="")))
    assert len(named.unchanged) == 1
    assert named.target == target
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert len(lampiran.publish(results, to=target).unchanged) == 1


@pytest.fixture
def server(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> Postgres:
    """The server, with the right password at hand."""
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    return postgres


def test_a_server_that_is_not_there(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        code, said = told(capsys, results, f"postgresql://penerbit:kunci-salah@127.0.0.1:{port}/zi")
    assert code == 6
    assert "the server cannot be reached (Connection refused)" in said


def test_a_database_that_is_not_there(
    server: Postgres, results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = told(capsys, results, server.url("tidak-ada"))
    assert (code, "the server has no such database" in said) == (6, True)


def test_a_server_that_may_only_be_read(
    server: Postgres, results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = server.fresh("baca")
    server.run("ALTER DATABASE baca SET default_transaction_read_only = on")
    code, said = told(capsys, results, target)
    assert (code, "it can only be read" in said) == (6, True)


def test_a_schema_in_which_the_user_may_not_write(
    server: Postgres, results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = server.fresh("hak")
    server.run("CREATE SCHEMA tertutup", "hak")
    code, said = told(capsys, results, target, "--schema", "tertutup")
    assert (code, "the user penerbit may not write there" in said) == (6, True)


def test_a_schema_of_its_own_leaves_others_alone(server: Postgres, results: Path) -> None:
    target = server.fresh("skema")
    server.run("CREATE TABLE actions (x int)", "skema")
    lampiran.publish(results, to=target, schema="zona integritas")
    found = lampiran.read_back(target, KEYED.decree_id, schema="zona integritas")
    assert len(found["actions"]) == 5
    assert server.run('SELECT count(*) FROM "zona integritas".due_by_month', "skema") == "12"
    assert server.run("SELECT count(*) FROM public.actions", "skema") == "0"


def test_tables_of_others_are_left_alone(
    server: Postgres, results: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    targets = [server.fresh("orang"), str(tmp_path / "x.sqlite"), str(tmp_path / "x.duckdb")]
    server.run("CREATE TABLE actions (x int)", "orang")
    with sqlite3.connect(targets[1]) as file:
        file.execute("CREATE TABLE actions (x int)")
    file.close()
    with duckdb.connect(targets[2]) as other:
        other.execute("CREATE TABLE actions (x int)")
    for target in targets:
        code, said = told(capsys, results, target)
        assert code == 6
        assert "there is another table called actions that is not lampiran's" in said


def test_a_newer_program_wrote_it(
    server: Postgres, results: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target, file = server.fresh("baru"), str(tmp_path / "x.sqlite")
    newer = f"UPDATE lampiran_schema SET version = {VERSION + 1}"
    lampiran.publish(results, to=target)
    lampiran.publish(results, to=file)
    server.run(newer, "baru")
    held = sqlite3.connect(file)
    held.execute(newer)
    held.commit()
    held.close()
    for one in (target, file):
        code, said = told(capsys, results, one)
        assert code == 6
        assert f"a newer lampiran wrote it (schema {VERSION + 1})" in said


def _without_room(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_disk_that_fills_up_leaves_what_was_there(kind: str, tmp_path: Path, results: Path) -> None:
    target = str(tmp_path / f"x.{kind}")
    lampiran.publish(results, to=target)
    room = (
        8192 if kind == "duckdb" else Path(target).stat().st_size + 8192
    )  # DuckDB writes beside its file first
    more = write(tmp_path / "more", *many(4))
    code, said, _ = Publisher(more, "--to", target, before=partial(_without_room, room)).ended()
    assert code == 6, said
    assert said == f"lampiran: {target}: its disk is full; make room and publish again.\n"
    assert len(lampiran.publish(results, to=target).unchanged) == 1


def _without_rights() -> None:
    """Give up what root may do beyond the owner of a file (Linux: `capset`, version 3, all sets empty)."""
    version, nothing = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None).capset(version, nothing) == 0


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_file_that_can_only_be_read(kind: str, results: Path, tmp_path: Path) -> None:
    target = tmp_path / f"x.{kind}"
    lampiran.publish(results, to=target)
    target.chmod(0o444)
    more = write(tmp_path / "more", *many(1))
    code, said, _ = Publisher(more, "--to", target, before=_without_rights).ended()
    assert code == 6, said
    assert "it can only be read; check the permissions of the file or the server" in said


@pytest.mark.parametrize("ending", ["parquet", "zip", "jsonl"])
def test_a_folder_that_can_only_be_read(ending: str, results: Path, tmp_path: Path) -> None:
    home = tmp_path / "baca"
    home.mkdir()
    lampiran.publish(results, to=home / f"x.{ending}")
    home.chmod(0o555)
    more = write(tmp_path / "more", *many(1))
    code, said, _ = Publisher(more, "--to", home / f"x.{ending}", before=_without_rights).ended()
    home.chmod(0o755)
    assert code == 6, said
    assert "it can only be read; check the permissions of the file or the server" in said


@pytest.mark.parametrize("ending", ["parquet", "zip", "jsonl"])
def test_files_for_which_there_is_no_room_are_not_placed(ending: str, results: Path, tmp_path: Path) -> None:
    target = tmp_path / f"x.{ending}"
    lampiran.publish(results, to=target)
    more = write(tmp_path / "more", *many(2))
    code, said, _ = Publisher(more, "--to", target, before=partial(_without_room, 4096)).ended()
    assert code == 6, said
    assert said == f"lampiran: {target}: its disk is full; make room and publish again.\n"
    assert len(lampiran.publish(results, to=target).unchanged) == 1


def test_a_text_that_a_server_cannot_hold_is_named(
    server: Postgres, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = KEYED.replace(head=KEYED.head.replace(place=text("Ba\x00tang")))
    code, said = told(capsys, write(tmp_path / "huruf", odd), server.fresh("nul"))
    assert str(tmp_path / "huruf") in said
    assert (code, "PostgreSQL stores no NUL character, and the result holds one" in said) == (6, True)


def test_an_encrypted_connection_is_used_where_it_is_asked_for(
    results: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    with running() as server:  # one of its own, since the others are not encrypted
        target = server.fresh("tls")
        code, said = told(capsys, results, f"{target}?sslmode=require")
        assert (code, "the server takes no encrypted connections" in said) == (6, True)
        encrypt(server)
        assert len(lampiran.publish(results, to=f"{target}?sslmode=require").added) == 1
        assert server.run("SELECT count(*) FROM decree", "tls") == "1"
        code, said = told(capsys, results, f"{target}?sslmode=verify-full")
        assert (code, "its encrypted connection cannot be trusted" in said) == (6, True)


@pytest.mark.parametrize("kind", ["sqlite", "duckdb", "postgresql"])
def test_a_result_that_contradicts_itself_is_named_and_nothing_is_published(
    kind: str, server: Postgres, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    area = KEYED.areas[0]
    twice = KEYED.replace(areas=(area, area))
    target = server.fresh("ganda") if kind == "postgresql" else str(tmp_path / f"x.{kind}")
    code, said = told(capsys, write(tmp_path / "out2", twice, *many(1)), target)
    assert code == 6
    assert f"a result contradicts itself ({tmp_path / 'out2'}" in said
    assert len(lampiran.publish(*many(1), to=target).added) == 1


def test_a_rule_that_somebody_put_into_the_target_is_not_the_results_fault(
    tmp_path: Path, results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "x.sqlite"
    lampiran.publish(*many(1), to=target)
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute(
            "CREATE TRIGGER penjaga BEFORE INSERT ON actions BEGIN SELECT RAISE(ABORT, 'belum boleh'); END"
        )
    code, said = told(capsys, results, str(target))
    assert (code, "a trigger that somebody put there refuses a row (belum boleh)" in said) == (6, True)
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("SELECT count(*) FROM decree").fetchone() == (1,)


@pytest.mark.parametrize("page", [-1, 0, 1 << 63])
def test_a_number_that_no_page_has_makes_no_result(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], page: int
) -> None:
    (file,) = results.glob("*/decree.json")
    written = json.loads(file.read_bytes())
    written["areas"][0]["components"][0]["actions"][0]["page_first"] = page
    file.write_text(json.dumps(written), encoding="utf-8")
    assert run(["publish", str(results), "--to", str(tmp_path / "x.sqlite"), "--lang", "en"]) == 4
    assert "it is no decree.json of lampiran" in capsys.readouterr().err


def test_a_server_is_asked_by_its_socket(server: Postgres, results: Path) -> None:
    server.fresh("soket")
    told = lampiran.publish(
        results, to=f"postgresql://penerbit@localhost:{server.port}/soket?host={server.home}"
    )
    assert len(told.added) == 1
    again = f"postgresql://penerbit@/soket?host={server.home}&port={server.port}"
    assert len(lampiran.publish(results, to=again).unchanged) == 1
    assert server.run("SELECT count(*) FROM decree", "soket") == "1"


def test_a_user_that_the_server_does_not_know(
    server: Postgres, results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.fresh("asing")
    address = (
        f"postgresql://siapa@/asing?host={server.home}&port={server.port}"  # its socket asks no password
    )
    code, said = told(capsys, results, address)
    assert (code, "password" in said) == (6, False)
    assert 'the server does not let the user siapa in (role "siapa" does not exist); check' in said


def test_what_an_address_may_hold_is_said_as_it_is_taken(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["publish", str(results), "--to", "postgresql://a@b/c?user=d", "--lang", "en"]) == 2
    accepted = capsys.readouterr().err.partition("accepted: ")[2].strip().removesuffix(".")
    told = accepted.replace("HOST:PORT", "HOST:1").replace("port=PORT", "port=2").partition("|")[0]
    server = target_of(told).server
    assert server is not None
    assert (server.host, server.port, server.tls) == ("/FOLDER", 2, "disable")


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_file_that_is_no_database(
    kind: str, results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / f"x.{kind}"
    target.write_bytes(b"bukan basis data\n" * 200)
    before = target.read_bytes()
    code, said = told(capsys, results, str(target))
    assert code == 6
    assert "it is no database of that kind, or damaged" in said
    assert target.read_bytes() == before


@pytest.mark.parametrize(
    ("named", "options"),
    [
        ("x.csv", []),
        ("mysql://a:rahasia@b/c", []),
        ("postgresql://a@b/c?connect_timeout=3", []),
        ("postgresql://a@b/c?sslmode=prefer", []),
        ("postgresql://a@b:port/c", []),
        ("postgresql://a@b/c?port=x", []),
        ("postgresql://a@b/c?port=70000", []),
        ("x.sqlite", ["--schema", "s"]),
        ("x.zip", ["--password-file", "f"]),
        ("/", []),
        (".", []),
        ("", []),
        ("..", []),
        ("a/../..", []),
        ("sqlite:///", []),
    ],
)
def test_what_is_no_target_is_refused_before_anything_is_read(
    named: str, options: list[str], results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (results / "rusak").mkdir()
    (results / "rusak" / "decree.json").write_text("{", encoding="utf-8")
    assert run(["publish", str(results), "--to", named, *options]) == 2
    said = capsys.readouterr().err
    assert "rahasia" not in said
    assert "rusak" not in said
    with pytest.raises(UsageError):
        lampiran.publish(
            results,
            to=named,
            schema="s" if "--schema" in options else None,
            password_file=None if "f" not in options else "f",
        )


@pytest.mark.parametrize("given", [3, None, ["store"], b"store"])
def test_what_is_no_result_or_target_in_python_is_said_so(given: Any, tmp_path: Path) -> None:
    target = tmp_path / "x.jsonl"
    with pytest.raises(UsageError, match=f"{type(given).__name__} is no result"):
        lampiran.publish(given, to=target)
    with pytest.raises(UsageError, match=f"{type(given).__name__} is no result"):
        lampiran.load(given)
    with pytest.raises(UsageError, match=f"{type(given).__name__} is no result"):
        lampiran.diff(given, given)
    with pytest.raises(UsageError, match="is no target"):
        lampiran.publish(KEYED, to=given)
    for name in ("crops", "source", "password_file") if given is not None else ():
        with pytest.raises(UsageError, match=f"{name}: {type(given).__name__} is no path"):
            lampiran.publish(KEYED, to=target, **{name: given})
    assert not target.exists()


def test_a_target_shows_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "rahasia")
    target = target_of("postgresql://a:lebih-rahasia@b/c")
    assert target.server is not None
    assert target.server.password == "lebih-rahasia"
    assert "rahasia" not in repr(target) + str(target)


def test_a_missing_part_is_named(
    results: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("No module named 'duckdb'", name="duckdb")

    monkeypatch.setattr("lampiran.databases.engines._connect_duckdb", gone)
    assert run(["publish", str(results), "--to", str(tmp_path / "x.duckdb"), "--lang", "en"]) == 2
    assert "the part duckdb is not installed here; install lampiran[database]." in capsys.readouterr().err


def test_a_result_that_cannot_be_read_does_not_stop_the_others_and_nothing_is_pruned(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "x.sqlite"
    lampiran.publish(*many(1), to=target)
    (results / "rusak").mkdir()
    (results / "rusak" / "decree.json").write_text("{", encoding="utf-8")
    assert run(["publish", str(results), "--to", str(target), "--prune", "--lang", "en"]) == 4
    said = capsys.readouterr()
    assert "1 added, 0 replaced, 0 unchanged, 0 removed" in said.out
    assert "--prune removes nothing" in said.err


def test_reading_back_says_what_is_wrong(tmp_path: Path) -> None:
    empty = tmp_path / "x.sqlite"
    sqlite3.connect(empty).close()
    for target in (empty, tmp_path / "tidak-ada.sqlite", tmp_path / "tidak-ada.duckdb"):
        with pytest.raises(lampiran.InputError):
            lampiran.read_back(target, "x")
    with pytest.raises(UsageError):
        lampiran.read_back("x.csv", "x")
