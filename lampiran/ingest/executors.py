"""A number of workers, or the address of a cluster -> an executor of `concurrent.futures`: the one seam between machines."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from lampiran.ingest.settings import FLOW
from lampiran.worker.pool import POOL
from schema.errors import UsageError
from schema.system_reasons import reason_of


class MachineLostError(Exception):
    """A task came to nothing for a reason that is not its own; it can be handed out again."""


@dataclass(frozen=True)
class Hands:
    """Who does the work: an executor, how much it can do at a time, and what to wait for when a machine was lost."""

    executor: Executor
    count: int
    shared: bool  # whether each worker keeps to its share of this machine's cores
    recovered: Callable[[], None]

    def submit(self, work: Callable[..., Any], *given: Any) -> Future[Any]:  # noqa: ANN401 - as every executor
        """Hand out some work."""
        return self.executor.submit(work, *given)


def outcome(future: Future[Any]) -> Any:  # noqa: ANN401 - whatever the work gave
    """Return what came of some work. Raises `MachineLostError` where it can be handed out again, else what the work raised."""
    try:
        return future.result()
    except CancelledError as error:
        raise MachineLostError(str(error)) from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] == "distributed":
            raise MachineLostError(f"{type(error).__name__}: {error}") from error
        raise


def threads_here() -> int:
    """Return how many inputs the worker of a cluster in which this runs reads at a time, 1 outside of one."""
    library = sys.modules.get("distributed")
    try:
        return int(library.get_worker().state.nthreads) if library else 1
    except ValueError:  # no worker
        return 1


@contextmanager
def hands(jobs: int, cluster: str | None) -> Iterator[Hands]:
    """Give an executor: threads that keep a worker each, or a cluster of Dask. Broken off, its work is ended.

    Raises `UsageError` where the cluster cannot be reached or its library is missing.
    """
    if cluster is not None:
        with _cluster(cluster) as found:
            yield found
        return
    keepers = ThreadPoolExecutor(jobs, thread_name_prefix="keeper")
    try:
        yield Hands(keepers, jobs, jobs > 1, lambda: None)
    except BaseException:
        POOL.stop()
        raise
    finally:
        keepers.shutdown(wait=True, cancel_futures=True)
        POOL.resume()


@contextmanager
def _cluster(address: str) -> Iterator[Hands]:
    client = _client(address)
    with suppress_noise():
        executor = client.get_executor(pure=False, retries=FLOW.again)
        count = sum(client.nthreads().values()) or FLOW.cluster
        try:
            yield Hands(executor, count, shared=False, recovered=lambda: _reconnected(client, address))
        except BaseException:
            with suppress(Exception):  # a cluster that is gone has nothing left to cancel
                executor.shutdown(wait=False)
            raise
        finally:
            with suppress(Exception):
                client.close(timeout=FLOW.ahead)


def _client(address: str) -> Any:  # noqa: ANN401 - the library has no types
    """Return a connection to a scheduler. Raises `UsageError`."""
    try:
        library: Any = import_module("distributed")
    except ImportError as error:
        raise UsageError(
            id="--cluster memerlukan bagian tambahan; pasang lampiran[cluster].",
            en="--cluster needs an extra part; install lampiran[cluster].",
        ) from error
    try:
        host, port = library.comm.get_address_host_port(address)
        socket.create_connection((host, port), timeout=FLOW.connect).close()
        return library.Client(address, timeout=FLOW.connect, set_as_default=False)
    except (OSError, ValueError, TypeError, ImportError) as error:
        for half in getattr(
            library.Client, "_instances", ()
        ):  # one that never was connected would wait for ever to be closed
            half.status = "closed" if half.status != "running" else half.status
        said = reason_of(error)
        raise UsageError(
            id=f"Klaster {address} tidak dapat dihubungi ({said.id}); periksa alamat penjadwalnya.",
            en=f"The cluster {address} cannot be reached ({said.en}); check its scheduler's address.",
        ) from error


@contextmanager
def suppress_noise() -> Iterator[None]:
    """Keep the library's log of lost connections from the terminal: what matters is told in sentences of ours."""
    import logging

    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _reconnected(client: Any, address: str) -> None:  # noqa: ANN401 - a client of the library
    """Wait until a lost connection is there again. Raises `UsageError` where it does not come back."""
    for _ in range(FLOW.reconnect * 10):
        if client.status == "running":
            return
        if client.status == "closed":
            break
        time.sleep(0.1)
    raise UsageError(
        id=f"Hubungan dengan klaster {address} terputus dan tidak kembali; yang sudah selesai tetap ada, jalankan lagi untuk melanjutkan.",
        en=f"The connection to the cluster {address} was lost and did not come back; what is done stays, run again to go on.",
    )
