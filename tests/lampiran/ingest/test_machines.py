"""`lampiran ingest` with more than one machine: a real cluster of Dask and a real S3 server on the loopback."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from distributed import Client

from benchmarks.drawing.many import draw_many
from benchmarks.speed.ingest import contents
from lampiran.cli.app import run
from lampiran.ingest.addresses import opened
from lampiran.ingest.executors import threads_here
from lampiran.ingest.opening import open_store
from tests.lampiran.ingest.servers import Proxy, free_port, s3_server, scheduler, until, workers

COUNT = 12


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with drawn decrees, and the store that one machine makes of them."""
    folder = tmp_path_factory.mktemp("machines")
    draw_many(folder / "masuk", COUNT)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["ingest", "masuk", "--store", "satu", "-q"]) == 0
    return folder


@pytest.fixture
def here(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(desk)
    monkeypatch.setenv("LAMPIRAN_LANG", "en")
    return desk


def started(*words: str) -> subprocess.Popen[str]:
    call = [sys.executable, "-m", "lampiran", "ingest", *words]
    return subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_cluster_that_loses_a_worker_and_the_connection_makes_the_same_store(here: Path) -> None:
    with scheduler(here) as address, workers(here, address, 3) as busy:
        proxy = Proxy((address.split(":")[1].strip("/"), int(address.rpartition(":")[2])))
        with started("masuk", "--store", "klaster", "--cluster", f"tcp://127.0.0.1:{proxy.port}") as running:
            until(here / "klaster", 2, running)
            busy[0].send_signal(signal.SIGKILL)
            until(here / "klaster", 5, running)
            assert running.poll() is None
            assert proxy.cut() > 0
            out, err = running.communicate(timeout=300)
        proxy.close()
    assert (running.returncode, err) == (0, "")
    assert f"Read: {COUNT}; known already: 0; could not be taken: 0" in out
    assert contents(here / "klaster") == contents(here / "satu")


def test_a_worker_of_a_cluster_knows_how_many_inputs_it_reads_at_a_time(here: Path) -> None:
    with scheduler(here) as address, workers(here, address, 1, threads=3), Client(address) as client:
        assert client.submit(threads_here).result() == 3
        assert threads_here() == 1


@pytest.mark.parametrize("scheme", ["nonsense", "tcp"])
def test_a_cluster_that_is_not_there_is_told(scheme: str, here: Path) -> None:
    address = f"{scheme}://127.0.0.1:{free_port()}"
    with started("masuk", "--store", "tiada", "--cluster", address) as running:
        out, err = running.communicate(timeout=300)
    assert (running.returncode, out) == (2, "")
    assert err.startswith(f"lampiran: The cluster {address} cannot be reached (")


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the buckets of a server that lasts as long as these tests: the library keeps its connection."""
    folder = tmp_path_factory.mktemp("s3")
    with s3_server(folder) as environment, pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        opened.cache_clear()
        yield folder / "buckets"
        opened.cache_clear()


@pytest.mark.parametrize("address", ["s3://uji/isi", "isi"])
def test_a_file_that_is_gone_is_left_out_of_many(address: str, here: Path, s3: Path) -> None:
    store = open_store(address)
    for name in "ab":
        store.write(f"records/{name}", name.encode())
    assert list(store.contents("records", ["a", "tiada", "b"])) == [("a", b"a"), ("b", b"b")]
    assert list(store.contents("records", [])) == []


def test_a_run_waits_for_another_one_on_s3(here: Path, s3: Path) -> None:
    call = ("masuk", "--store", "s3://uji/giliran")
    with ExitStack() as lease:
        lease.enter_context(open_store(call[-1]).alone(wait=False))
        with started(*call, "--wait") as second:
            with started(*call) as told:
                assert "is being written by another run" in told.communicate(timeout=300)[1]
            assert told.returncode == 6
            assert second.poll() is None
            assert not (s3 / "uji" / "giliran" / "records").exists()
            lease.close()
            out, err = second.communicate(timeout=300)
    assert (second.returncode, err) == (0, "")
    assert f"Read: {COUNT}; known already: 0" in out


def test_a_store_and_sources_on_s3_hold_what_folders_do(
    here: Path, s3: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ingest", "masuk", "--store", "s3://uji/gudang", "-q", "-j", "2"]) == 0
    assert capsys.readouterr().err == ""
    assert contents(s3 / "uji" / "gudang") == contents(here / "satu")
    assert run(["ingest", "masuk", "--store", "s3://uji/gudang"]) == 0
    assert f"Read: 0; known already: {COUNT}" in capsys.readouterr().out
    assert run(["status", "s3://uji/gudang"]) == 0
    assert f"s3://uji/gudang: {COUNT} decrees" in capsys.readouterr().out
    with scheduler(here) as address, workers(here, address, 1, threads=2):
        assert run(["ingest", "masuk", "--store", "s3://uji/klaster", "--cluster", address, "-q"]) == 0
    assert contents(s3 / "uji" / "klaster") == contents(here / "satu")
    files, path = opened("s3://uji/masuk")
    files.put(f"{here}/masuk/2021/", f"{path}/", recursive=True)
    assert run(["ingest", "s3://uji/masuk", "--store", "dari-s3", "-q"]) == 0
    made = {path.name: contents(path) for path in (here / "dari-s3" / "results").iterdir()}
    assert made == {name: contents(here / "satu" / "results" / name) for name in made}
    assert len(made) == len(list((here / "masuk" / "2021").iterdir()))
