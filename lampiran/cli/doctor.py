"""The environment -> a table of the program's dependencies, and whether all required ones are installed."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version

from rich.console import Console
from rich.table import Table

from lampiran.cli.exits import tell
from lampiran.cli.options import Doctor
from lampiran.cli.terminal import show
from lampiran.cli.texts import Texts
from lampiran.version import __version__
from schema.choices import TextReader

# Not in the default install: a second reader of scans, whose wheel lacks its language data, the checker of signatures, and databases.
OPTIONAL = ("tesserocr", "pyhanko", "sqlalchemy", "pg8000", "duckdb", "pyarrow")
COMPLETE, INCOMPLETE = 0, 1
WIDTH = 79  # columns of the table, whatever the terminal's


@dataclass(frozen=True)
class Part:
    """A distribution that the program depends on; `version` is `None` if it is not installed."""

    name: str
    version: str | None
    required: bool = True


def run(call: Doctor, texts: Texts) -> int:
    """Print the parts on stdout; return 0 if every required one is installed, else 1."""
    del call
    parts = installed_parts()
    table = Table(texts.say("doctor_part"), texts.say("doctor_version"), texts.say("doctor_use"))
    for part in parts:
        note = "" if part.required else texts.say("doctor_optional")
        table.add_row(part.name, part.version or texts.say("doctor_missing"), note)
    Console(width=WIDTH).print(table, highlight=False)
    missing = [part.name for part in parts if part.required and part.version is None]
    if missing:
        tell(texts.say("doctor_ill", parts=", ".join(missing)))
        return INCOMPLETE
    show(texts.say("doctor_well"))
    from extract.scan.text import available_readers  # cannot be imported where a part is missing

    names = [reader.name for reader in available_readers()]
    show(texts.say("doctor_readers", readers=", ".join(names) or texts.say("doctor_no_readers")))
    if TextReader.tesseract not in names:
        show(texts.say("doctor_no_second"))
    return COMPLETE


def installed_parts() -> list[Part]:
    """Return the program, its interpreter and each distribution that its metadata asks for."""
    names = required_names(requires("lampiran") or ())
    return [
        Part("lampiran", __version__),
        Part("python", platform.python_version()),
        *(Part(name, _version_of(name), required=name in names) for name in (*names, *OPTIONAL)),
    ]


def required_names(requirements: Iterable[str]) -> list[str]:
    """Return the names in requirement lines such as `numpy<3,>=1.26`, without those of extras."""
    plain = (line for line in requirements if "extra ==" not in line)
    return sorted(re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0] for line in plain)


def _version_of(name: str) -> str | None:
    """Return the version of an installed distribution, or `None`."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None
