"""Addresses (`s3://`, `https://` ...) -> their contents, through fsspec; needs `lampiran[remote]`."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from lampiran.ingest.settings import FLOW
from schema.errors import LampiranError, UsageError

_PART = 1 << 20  # bytes that are taken at a time


@cache
def opened(address: str) -> tuple[Any, str]:
    """Return the file system of an address and the path in it; listings are never kept, for others write there, too."""
    try:
        core: Any = import_module("fsspec.core")  # without types
        files, path = core.url_to_fs(address, use_listings_cache=False)
    except ImportError as error:
        raise UsageError(
            id=f"{address}: alamat memerlukan bagian tambahan; pasang lampiran[remote] ({error}).",
            en=f"{address}: addresses need an extra part; install lampiran[remote] ({error}).",
        ) from error
    except ValueError as error:
        raise UsageError(
            id=f"{address}: jenis alamat ini tidak dikenal; pakailah s3://, https:// atau sebuah folder.",
            en=f"{address}: this kind of address is not known; use s3://, https:// or a folder.",
        ) from error
    except Exception as error:  # some file systems connect at once, and each has errors of its own
        reason = " ".join(str(error).split()) or type(error).__name__
        raise UsageError(
            id=f"{address}: tidak dapat dihubungi ({reason}); periksa alamatnya.",
            en=f"{address}: it cannot be reached ({reason}); check the address.",
        ) from error
    return files, path


def bounded(files: Any, name: str, *given: object) -> Any:  # noqa: ANN401 - whatever the file system gives
    """Do something with a file system, again where it is not done in time: a server that says nothing may keep a call for ever."""
    if not getattr(files, "async_impl", False):
        return getattr(files, name)(*given)
    library: Any = import_module("fsspec.asyn")  # without types
    for last in (False, False, True):
        try:
            return library.sync(files.loop, getattr(files, f"_{name}"), *given, timeout=FLOW.patience)
        except library.FSTimeoutError as error:
            if last:
                raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT)) from error
    raise AssertionError


def listed(address: str) -> list[str] | None:
    """Return what is below an address or fits its pattern; `None` for a single file. Raises `OSError`."""
    files, path = opened(address)
    with _as_os_error():
        if any(sign in path for sign in "*["):
            return [files.unstrip_protocol(name) for name in sorted(files.glob(path))]
        if address.startswith("http") or not files.isdir(path):
            return None
        return [files.unstrip_protocol(name) for name in sorted(files.find(path))]


@contextmanager
def stream_of(address: str) -> Iterator[IO[bytes]]:
    """Give the content of an address as a stream. Raises `OSError`."""
    files, path = opened(address)
    with _as_os_error(), files.open(path, "rb") as stream:
        yield stream


def fetched(address: str, to: Path) -> None:
    """Write the content of an address to a file. Raises `OSError`."""
    with stream_of(address) as stream, to.open("wb") as written:
        while part := stream.read(_PART):
            written.write(part)


@contextmanager
def _as_os_error() -> Iterator[None]:
    """Raise what a file system's library says as the system's error."""
    try:
        yield
    except OSError:
        raise
    except LampiranError:
        raise
    except Exception as error:
        raise OSError(0, " ".join(str(error).split()) or type(error).__name__) from error
