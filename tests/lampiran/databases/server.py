"""A real PostgreSQL on loopback for tests: made in a folder of its own, as a user that may run it, gone with the tests."""

from __future__ import annotations

import datetime
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "rahasia sekali/§@:"
_NOBODY = 65534


def binaries() -> Path:
    """Return the folder of the newest server that is installed; Debian keeps it off the path."""
    named = shutil.which("initdb")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or (
        [Path(named).resolve().parent] if named else []
    )
    assert found, "PostgreSQL is not installed (Debian package postgresql)"
    return found[-1]


def as_other() -> list[str]:
    """Return what stands before a command so that root does not run it, which the server refuses."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]


@dataclass(frozen=True)
class Postgres:
    """A server that runs: its port, and the folder that its programs may write to."""

    port: int
    home: Path

    def url(self, database: str = "postgres", user: str = "penerbit", *, password: str | None = None) -> str:
        """Return the address of a database."""
        secret = f":{password}" if password is not None else ""
        return f"postgresql://{user}{secret}@127.0.0.1:{self.port}/{database}"

    def run(self, sql: str, database: str = "postgres") -> str:
        """Run SQL as the server's owner and return what it prints, a row a line, columns parted by a bar."""
        command = [str(binaries() / "psql"), "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", str(self.home)]
        command += ["-p", str(self.port), "-U", "pemilik", "-d", database, "-c", sql]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def fresh(self, name: str) -> str:
        """Make an empty database that the publisher owns and return its address."""
        self.run(f'DROP DATABASE IF EXISTS "{name}"')
        self.run(f'CREATE DATABASE "{name}" OWNER penerbit')
        return self.url(name)


def encrypt(server: Postgres) -> None:
    """Let the server take encrypted connections, with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    first = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(first).not_valid_after(first.replace(year=2126))
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    for file, content in (
        ("server.crt", made.sign(key, hashes.SHA256()).public_bytes(pem)),
        ("server.key", private),
    ):
        path = server.home / "data" / file
        path.write_bytes(content)
        path.chmod(0o600)
        if os.geteuid() == 0:
            os.chown(path, _NOBODY, _NOBODY)
    server.run("ALTER SYSTEM SET ssl = on")
    server.run("SELECT pg_reload_conf()")
    while server.run("SHOW ssl") != "on":  # the server takes note by and by
        pass


@contextmanager
def running() -> Iterator[Postgres]:
    """Give a server with a user `penerbit`, whose password is PASSWORD."""
    home = Path(tempfile.mkdtemp(prefix="pg-"))  # short: the path of a socket has few letters
    if os.geteuid() == 0:
        os.chown(home, _NOBODY, _NOBODY)
    data, tools = home / "data", binaries()
    run = [*as_other(), f"{tools}/initdb", "-D", str(data), "-U", "pemilik", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run(
        [*run, "--auth-local=trust", "--auth-host=scram-sha-256"], check=True, capture_output=True, cwd=home
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c fsync=off"
    control = [*as_other(), f"{tools}/pg_ctl", "-D", str(data), "-w"]
    subprocess.run(
        [*control, "-l", str(home / "log"), "-o", options, "start"], check=True, capture_output=True, cwd=home
    )
    try:
        server = Postgres(port, home)
        quoted = PASSWORD.replace("'", "''")
        server.run(f"CREATE ROLE penerbit LOGIN PASSWORD '{quoted}'")
        yield server
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True, cwd=home)
        shutil.rmtree(home, ignore_errors=True)
