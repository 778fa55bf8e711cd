"""An error of a database or of the file system -> one sentence about the target, in which no password stands."""

from __future__ import annotations

import errno
import ssl
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

from lampiran.databases.target import Target
from schema.errors import InputError, LampiranError, OutputError, UsageError

EXTRA = "lampiran[database]"
# By PostgreSQL's SQLSTATE, its class where all of it means one thing; by the name of SQLite's error.
_STATES: Mapping[str, str] = {
    "28P01": "password",
    "28": "not_let_in",
    "3D": "no_database",
    "3F": "not_permitted",
    "42501": "not_permitted",
    "25006": "read_only",
    "53100": "full",
    "53300": "too_many",
    "55P03": "busy",
    "40": "busy",
    "57": "unreachable",
    "08": "unreachable",
    "2BP01": "depended_on",
    "22021": "nul",
    "23": "contradiction",
}
_SQLITE: Mapping[str, str] = {
    "SQLITE_READONLY": "read_only",
    "SQLITE_FULL": "full",
    "SQLITE_BUSY": "busy",
    "SQLITE_LOCKED": "busy",
    "SQLITE_CANTOPEN": "cannot_open",
    "SQLITE_NOTADB": "not_ours",
    "SQLITE_CORRUPT": "not_ours",
    "SQLITE_IOERR": "full",
    "SQLITE_CONSTRAINT_TRIGGER": "trigger",  # before the other constraints
    "SQLITE_CONSTRAINT": "contradiction",
}
_SYSTEM: Mapping[int, str] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
}
_HIDDEN = "***"
_OF_RESULT = frozenset({"contradiction", "nul"})  # whose sentence names the result


def problem(
    target: Target, key: str, detail: object = "", *, kind: type[LampiranError] = OutputError
) -> LampiranError:
    """Return the error that says of a target what is wrong and what to do."""
    server = target.server
    said = {
        language: text.format(detail=_safe(target, detail), user=server.user if server else "")
        for language, text in _reasons()[key].items()
    }
    return kind(id=f"{target.name}: {said['id']}.", en=f"{target.name}: {said['en']}.")


@contextmanager
def as_target_error(target: Target, *, reading: bool = False) -> Iterator[None]:
    """Turn what a database or the file system raises into an error that names the target.

    It is an `OutputError`, in `reading` an `InputError`; for a library that is missing a `UsageError`.
    """
    kind = InputError if reading else OutputError
    try:
        yield
    except LampiranError as error:
        if reading and isinstance(error, OutputError):
            raise InputError(id=error.message.id, en=error.message.en) from error
        raise
    except ModuleNotFoundError as error:
        raise _missing(target, error) from None
    except Exception as error:
        found = _told(error)
        if found is None:
            raise
        key, detail = found
        detail = ": ".join((*getattr(error, "__notes__", ()), detail)) if key in _OF_RESULT else detail
        # The chain is cut: an error of a driver may hold what it was called with.
        raise problem(target, key, detail, kind=kind) from None


def _missing(target: Target, error: ModuleNotFoundError) -> LampiranError:
    name = (error.name or "").partition(".")[0]
    if name not in {"sqlalchemy", "pg8000", "duckdb", "pyarrow"}:
        raise error
    return UsageError(
        id=f"{target.name}: bagian {name} tidak terpasang di sini; pasang {EXTRA}.",
        en=f"{target.name}: the part {name} is not installed here; install {EXTRA}.",
    )


def _told(error: BaseException) -> tuple[str, str] | None:
    """Return the key of a sentence and a detail for it, by the kind of the error; `None` for one of another kind."""
    if isinstance(error, OSError) and not isinstance(error, TimeoutError):
        return _of_system(error)
    module = type(error).__module__.partition(".")[0]
    if module == "sqlalchemy":
        original = getattr(error, "orig", None)
        return _told(original) if original is not None else ("other", _line(error))
    if module == "sqlite3":
        return _of_sqlite(error)
    if module in {"duckdb", "_duckdb"}:
        return _of_duckdb(error)
    if module == "pg8000":
        return _of_postgresql(error)
    return ("unreachable", "") if isinstance(error, TimeoutError) else None


def _of_system(error: OSError) -> tuple[str, str]:
    reason = error.strerror or _line(error)
    if isinstance(error, ssl.SSLError):  # whose numbers are not the system's
        return "not_trusted", error.reason or reason
    if type(error).__module__ == "socket" or isinstance(error, ConnectionError):
        return "unreachable", reason
    if error.errno in {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ETIMEDOUT}:
        return "unreachable", reason
    return _SYSTEM.get(error.errno or 0, "other"), reason


def _of_sqlite(error: BaseException) -> tuple[str, str]:
    name = str(getattr(error, "sqlite_errorname", ""))
    found = next((key for begins, key in _SQLITE.items() if name.startswith(begins)), "other")
    return found, _line(error)


def _of_postgresql(error: BaseException) -> tuple[str, str]:
    said = _said_by_server(error)
    if not isinstance(said, dict):
        # Below the protocol: the socket was closed, or the server asks for a password and none was given.
        if "refuses SSL" in str(said):
            return "no_tls", ""
        asked = "password" in str(said).lower()
        return ("password", "") if asked else ("unreachable", _line(error))
    state = str(said.get("C", ""))
    key = _STATES.get(state) or _STATES.get(state[:2]) or "other"
    return key, str(said.get("M", state))


def _said_by_server(error: BaseException) -> Any:  # noqa: ANN401 - fields of an answer, or words of the driver
    """Return what the server said. The driver ends a refused connection; where that fails in turn, it hides the reason."""
    known: BaseException | None = error
    while known is not None:
        if known.args and isinstance(known.args[0], dict):
            return known.args[0]
        known = known.__context__
    return error.args[0] if error.args else ""


def _of_duckdb(error: BaseException) -> tuple[str, str]:
    text = _line(error)
    for words, key in (
        ("Could not set lock", "busy"),
        ("Conflicting lock", "busy"),
        ("No space left", "full"),
        ("File too large", "full"),
        ("Read-only file system", "read_only"),
        ("Permission denied", "read_only"),
        ("read-only mode", "read_only"),
        ("not a valid DuckDB", "not_ours"),
        ("Cannot open file", "cannot_open"),
        ("onstraint", "contradiction"),
    ):
        if words in text:
            return key, text
    return "other", text


def _line(error: BaseException) -> str:
    """Return the first line of what an error says, without a full stop at its end."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def _safe(target: Target, detail: object) -> str:
    """Return a detail in which the password of the target does not stand."""
    password = target.server.password if target.server else None
    return str(detail).replace(password, _HIDDEN) if password else str(detail)


@cache
def _reasons() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("lampiran.databases").joinpath("reasons.toml").read_text(encoding="utf-8"))
