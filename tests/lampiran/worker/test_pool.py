"""Workers do what they are asked, and whatever takes one down becomes one sentence about the file."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from lampiran.worker.loss import Loss, loss_of
from lampiran.worker.pool import Pool
from lampiran.worker.process import Limits
from schema.errors import WorkerError

HOSTILE = "tests.lampiran.worker.hostile"
LIMITS = Limits(memory=512, seconds=60)


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool()
    yield made
    made.close()


def do(pool: Pool, name: str, limits: Limits = LIMITS, attached: bytes = b"") -> dict[str, Any]:
    return pool.do(f"{HOSTILE}:{name}", {"name": name}, attached=attached, limits=limits)


def lost(pool: Pool, name: str, limits: Limits = LIMITS) -> Loss:
    with pytest.raises(Loss) as caught:
        do(pool, name, limits)
    return caught.value


def test_a_worker_answers_tells_and_is_used_again(pool: Pool) -> None:
    told: list[dict[str, Any]] = []
    first = pool.do(f"{HOSTILE}:fine", {"a": "é"}, attached=b"x" * (1 << 21), limits=LIMITS, told=told.append)
    assert (first["got"], first["size"]) == ({"a": "é"}, 1 << 21)
    assert told == [{"kind": "pages", "done": 1, "count": 2}]
    assert do(pool, "fine")["process"] == first["process"]


def test_what_a_library_prints_is_no_message(pool: Pool) -> None:
    assert do(pool, "prints")["size"] == 0


@pytest.mark.parametrize(
    ("name", "limits", "cause", "detail"),
    [
        ("crashes", LIMITS, "crashed", "SIGSEGV"),
        ("ends", LIMITS, "ended", "3"),
        ("hangs", Limits(seconds=1), "time", "1"),
        ("eats", Limits(memory=256), "memory", "256"),
        ("asks_for_too_much", LIMITS, "memory", "512"),
    ],
)
def test_a_lost_worker_is_told_with_its_limit_and_the_next_file_is_read(
    pool: Pool, name: str, limits: Limits, cause: str, detail: str
) -> None:
    before = do(pool, "fine")["process"]
    loss = lost(pool, name, limits)
    assert (loss.cause, loss.detail) == (cause, detail)
    said = loss.about("a.pdf")
    assert isinstance(said, WorkerError)
    assert said.exit_code == 7
    for text in (said.text("id"), said.text("en")):
        assert text.startswith("a.pdf: ")
        assert detail in text
        assert "\n" not in text
    assert do(pool, "fine")["process"] != before


def test_no_socket_is_to_be_had(pool: Pool) -> None:
    assert len(do(pool, "connects")["refused"]) == 3


# Asks the system for a network of one's own as `leave_network` does; the exit code says whether it gives one.
ALONE = """
import ctypes, os
unshare = ctypes.CDLL(None).unshare
raise SystemExit(bool(unshare(0x40000000) and (os.getuid() == 0 or unshare(0x50000000))))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such thing")
def test_a_worker_has_a_network_of_its_own(pool: Pool) -> None:
    if subprocess.run([sys.executable, "-c", ALONE], check=False).returncode:
        pytest.skip("the system gives this user no network of its own")
    assert do(pool, "interfaces")["interfaces"] == ["lo"]


def test_what_a_worker_tells_is_data_and_nothing_else(pool: Pool) -> None:
    assert do(pool, "lies") == {"lied": True}


def test_stopping_ends_busy_workers_and_takes_no_more_work(pool: Pool) -> None:
    begun = threading.Event()
    causes: list[str] = []

    def keep() -> None:
        try:
            pool.do(f"{HOSTILE}:hangs", {}, limits=LIMITS, told=lambda _: begun.set())
        except Loss as loss:
            causes.append(loss.cause)

    keeper = threading.Thread(target=keep)
    keeper.start()
    assert begun.wait(60)
    pool.stop()
    keeper.join(60)
    assert causes == ["stopped"]
    assert lost(pool, "fine").cause == "stopped"
    pool.resume()
    assert do(pool, "fine")["size"] == 0


@pytest.mark.parametrize(
    ("code", "cause"),
    [(0, "ended"), (-int(signal.SIGXCPU), "processor"), (-9, "killed"), (-6, "crashed"), (-99, "crashed")],
)
def test_an_ended_process_says_how(code: int, cause: str) -> None:
    assert loss_of(code).cause == cause
