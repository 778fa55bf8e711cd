"""What a user names as a target (`x.sqlite`, `postgresql://...`, `x.zip`, `-`) -> its kind and its address, without secrets."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from extract.held_file import read_whole
from schema.errors import InputError, UsageError
from schema.system_reasons import reason_of

Kind = Literal["sqlite", "duckdb", "postgresql", "parquet", "package", "lines", "stdout"]
ENDINGS: tuple[tuple[str, Kind], ...] = (
    (".sqlite", "sqlite"),
    (".sqlite3", "sqlite"),
    (".db", "sqlite"),
    (".duckdb", "duckdb"),
    (".parquet", "parquet"),
    (".zip", "package"),
    (".jsonl", "lines"),
    (".jsonl.gz", "lines"),
)
SERVER = frozenset({"postgresql", "postgres", "postgresql+pg8000"})
FILES: dict[str, Kind] = {"sqlite": "sqlite", "duckdb": "duckdb"}
STDOUT = "-"
_LONGEST_PASSWORD_FILE = 1 << 16  # bytes
_PORT, _HIGHEST_PORT = 5432, 65535  # PostgreSQL's own; of 16 bits
_ADDRESS = "postgresql://USER@HOST:PORT/DB?host=/FOLDER&port=PORT&sslmode=disable|require|verify-full"
_TLS = frozenset({"disable", "require", "verify-full"})


@dataclass(frozen=True)
class Server:
    """Where a PostgreSQL is and who asks; the password is in no text of it."""

    host: str
    port: int
    user: str
    database: str
    tls: str = "disable"
    schema: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Target:
    """Where results are published to; `name` is how it is called in sentences."""

    kind: Kind
    name: str
    path: Path = Path()
    server: Server | None = None


def target_of(given: str | Path, *, schema: str | None = None, password_file: Path | None = None) -> Target:
    """Return what a user's words for a target mean.

    The password of a server comes from `password_file`, else from the address, else from PGPASSWORD. Raises
    `UsageError` for words that mean no target and for options that do not go with it, `InputError` for a password
    file that cannot be read.
    """
    if not isinstance(given, str | Path):
        raise _unknown(type(given).__name__)
    named = str(given)
    parts = _split(named)
    if parts is not None and parts.scheme in SERVER:
        return _server_target(parts, schema, password_file)
    for option, value in (("--schema", schema), ("--password-file", password_file)):
        if value is not None:
            raise UsageError(
                id=f"{option} hanya untuk postgresql://...; hapus opsi itu atau ganti --to.",
                en=f"{option} is for postgresql://... only; leave it out or change --to.",
            )
    if named == STDOUT:
        return Target("stdout", STDOUT)
    if parts is not None and parts.scheme in FILES and named.startswith(f"{parts.scheme}:///"):
        path = named.removeprefix(f"{parts.scheme}:///")
        return Target(FILES[parts.scheme], path, _named_path(path))
    return _file_target(named)


def _split(named: str) -> SplitResult | None:
    try:
        return urlsplit(named) if "://" in named else None
    except ValueError:
        raise _unknown(named.partition("://")[0] + "://...") from None


def _named_path(named: str) -> Path:
    """Return the path of a target that can be made and replaced whole: one with a name of its own."""
    path = Path(named)
    if path.name in {"", ".."} or "\0" in named:
        raise UsageError(
            id=f'"{named}" bukan nama berkas atau folder yang dapat diganti seutuhnya; berikan nama, misalnya plans.sqlite atau plans.parquet/.',
            en=f'"{named}" names no file or folder that can be replaced as a whole; give a name, such as plans.sqlite or plans.parquet/.',
        )
    return path


def _file_target(named: str) -> Target:
    if "://" in named:
        raise _unknown(f"{named.partition('://')[0]}://...")
    path = _named_path(named)
    kind = next((kind for ending, kind in ENDINGS if path.name.lower().endswith(ending)), None)
    if kind is None and (named.endswith(("/", os.sep)) or path.is_dir()):
        kind = "parquet"
    if kind is None:
        raise _unknown(named)
    return Target(kind, str(path), path)


def _unknown(shown: str) -> UsageError:
    accepted = "x.sqlite, x.duckdb, postgresql://USER@HOST/DB, x.parquet/, x.zip, x.jsonl, x.jsonl.gz, -"
    return UsageError(
        id=f'"{shown}" bukan tujuan yang dikenal; yang diterima: {accepted}.',
        en=f'"{shown}" is no target that is known; accepted: {accepted}.',
    )


def _server_target(parts: SplitResult, schema: str | None, password_file: Path | None) -> Target:
    said = dict(parse_qsl(parts.query))
    unknown = sorted(said.keys() - {"host", "port", "sslmode"})
    tls = said.get("sslmode", "disable")
    port = _port_of(parts, said.get("port"))
    if unknown or tls not in _TLS or port is None:
        wrong = ", ".join(unknown) or (f"sslmode={tls}" if tls not in _TLS else "port")
        raise UsageError(
            id=f"Alamat postgresql memuat yang tidak dikenal ({wrong}); yang diterima: {_ADDRESS}.",
            en=f"The address of PostgreSQL holds what is not known ({wrong}); accepted: {_ADDRESS}.",
        )
    server = Server(
        host=said.get("host") or parts.hostname or os.environ.get("PGHOST") or "localhost",
        port=port,
        user=unquote(parts.username or "") or os.environ.get("PGUSER") or _own_name(),
        database=unquote(parts.path.strip("/"))
        or os.environ.get("PGDATABASE")
        or unquote(parts.username or ""),
        tls=tls,
        schema=schema,
        password=_password(parts, password_file),
    )
    name = f"postgresql://{server.user}@{server.host}:{server.port}/{server.database}"
    return Target("postgresql", name, server=server)


def _port_of(parts: SplitResult, said: str | None) -> int | None:
    """Return the port that an address or the environment names, `None` for what is none."""
    try:
        port = int(said or parts.port or os.environ.get("PGPORT") or _PORT)
    except ValueError:
        return None
    return port if 0 < port <= _HIGHEST_PORT else None


def _own_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _password(parts: SplitResult, file: Path | None) -> str | None:
    if file is None:
        return unquote(parts.password) if parts.password is not None else os.environ.get("PGPASSWORD")
    try:
        return read_whole(file, _LONGEST_PASSWORD_FILE).decode("utf-8").splitlines()[0]
    except OSError as error:
        reason = reason_of(error)
        raise InputError(
            id=f"{file}: kata sandi tidak dapat dibaca darinya ({reason.id}).",
            en=f"{file}: no password can be read from it ({reason.en}).",
        ) from error
    except (ValueError, IndexError) as error:
        raise InputError(
            id=f"{file}: kata sandi tidak dapat dibaca darinya (kosong atau bukan teks).",
            en=f"{file}: no password can be read from it (empty, or no text).",
        ) from error
