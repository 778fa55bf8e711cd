"""The environment -> a table of the parts the program rests on, and whether all required ones are there."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version

import typer
from rich.console import Console
from rich.table import Table

from lampiran.cli.texts import Texts
from lampiran.version import __version__

# Not in the default install: a second reader of scans, whose wheel does not carry its language data, and what checks
# electronic signatures.
OPTIONAL = ("tesserocr", "pyhanko")
SECOND = "tesseract"
COMPLETE, INCOMPLETE = 0, 1


@dataclass(frozen=True)
class Part:
    """A distribution the program rests on; `version` is `None` where it is not installed."""

    name: str
    version: str | None
    required: bool = True


def examine(texts: Texts) -> int:
    """Print the parts on stdout; return 0 if every required one is installed, else 1."""
    parts = installed_parts()
    Console(width=79).print(table_of(parts, texts), highlight=False)
    missing = [part.name for part in parts if part.required and part.version is None]
    if missing:
        typer.echo(f"lampiran: {texts.say('doctor_ill', parts=', '.join(missing))}", err=True)
        return INCOMPLETE
    typer.echo(texts.say("doctor_well"))
    tell_readers(texts)
    return COMPLETE


def tell_readers(texts: Texts) -> None:
    """Say which recognisers read scanned pages here; a second one needs its language data."""
    from extract.scan.text import available_readers

    names = [reader.name for reader in available_readers()]
    typer.echo(texts.say("doctor_readers", readers=", ".join(names) or texts.say("doctor_no_readers")))
    if SECOND not in names:
        typer.echo(texts.say("doctor_no_second"))


def installed_parts() -> list[Part]:
    """Return the program, its interpreter and each distribution that its metadata asks for."""
    required = [Part(name, version_of(name)) for name in required_names(requires("lampiran") or ())]
    optional = [Part(name, version_of(name), required=False) for name in OPTIONAL]
    return [Part("lampiran", __version__), Part("python", platform.python_version()), *required, *optional]


def required_names(requirements: Iterable[str]) -> list[str]:
    """Return the names in requirement lines such as `numpy<3,>=1.26`, those of extras left out."""
    plain = (line for line in requirements if "extra ==" not in line)
    return sorted(re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0] for line in plain)


def version_of(name: str) -> str | None:
    """Return the version of an installed distribution, or `None`."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def table_of(parts: Iterable[Part], texts: Texts) -> Table:
    """Return the parts as a table."""
    table = Table(texts.say("doctor_part"), texts.say("doctor_version"), texts.say("doctor_use"))
    for part in parts:
        note = "" if part.required else texts.say("doctor_optional")
        table.add_row(part.name, part.version or texts.say("doctor_missing"), note)
    return table
