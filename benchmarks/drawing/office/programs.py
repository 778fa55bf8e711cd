"""Prints a document as a PDF with a real program: LibreOffice's Writer and Calc, Chromium."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from benchmarks.drawing.office.docx import docx
from benchmarks.drawing.office.flat_odt import flat_odt
from benchmarks.drawing.office.html import html
from benchmarks.drawing.office.looks import Program
from benchmarks.drawing.office.model import Document
from benchmarks.drawing.office.xlsx import xlsx

WRITERS = {
    "writer-odt": ("fodt", flat_odt),
    "writer-docx": ("docx", docx),
    "writer-html": ("html", html),
    "calc-xlsx": ("xlsx", xlsx),
    "chromium": ("html", html),
}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
LIBREOFFICE = ("soffice", "libreoffice")
LIMIT = 180  # seconds a program may take for one document; it needs some five


class Printable(Protocol):
    """A document with the program that prints it and what it says."""

    @property
    def document(self) -> Document:
        """What is printed."""

    @property
    def program(self) -> Program:
        """What prints it."""

    def truth(self) -> Mapping[str, Any]:
        """What it says, as JSON's values."""


class ProgramMissingError(RuntimeError):
    """A program that should draw the document is not installed or gave no PDF."""


def print_to(path: Path, made: Printable) -> None:
    """Print a document into a file, and put its truth beside it.

    Raises:
        ProgramMissingError: If the program is not installed or gave no PDF.
    """
    path.write_bytes(pdf(made.document, made.program))
    truth = json.dumps(made.truth(), ensure_ascii=False, indent=1)
    path.with_suffix(".truth.json").write_text(truth, encoding="utf-8")


def pdf(document: Document, program: Program) -> bytes:
    """Return the document as the program prints it.

    Raises:
        ProgramMissingError: If the program is not installed or gave no PDF.
    """
    extension, write = WRITERS[program]
    return printed(write(document), extension, program)


def printed(data: bytes, extension: str, program: Program) -> bytes:
    """Return a file as the program prints it.

    Raises:
        ProgramMissingError: If the program is not installed or gave no PDF.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / f"document.{extension}"
        source.write_bytes(data)
        made = source.with_suffix(".pdf")
        options = _chromium(source, made) if program == "chromium" else _office(source, program)
        _run(program, options, folder)
        if not made.exists():
            raise ProgramMissingError(f"{program} made no PDF of the document.")
        return made.read_bytes()


def found(program: Program) -> str | None:
    """Return the path of a program, `None` where it is not installed."""
    names = CHROMIUM if program == "chromium" else LIBREOFFICE
    return next((path for name in names if (path := shutil.which(name))), None)


def _run(program: Program, options: Sequence[str], folder: Path) -> None:
    path = found(program)
    if path is None:
        raise ProgramMissingError(f"{program} is not installed.")
    # A home of its own: a program of the desktop may be running under the user's.
    environment = {**os.environ, "HOME": str(folder)}
    settings: dict[str, Any] = {"cwd": folder, "env": environment, "timeout": LIMIT}
    subprocess.run([path, *options], check=False, capture_output=True, **settings)  # noqa: S603 - named above


def _office(source: Path, program: Program) -> list[str]:
    kind = {"calc-xlsx": "calc_pdf_Export", "writer-html": "writer_web_pdf_Export"}.get(
        program, "writer_pdf_Export"
    )
    notes = '{"ExportNotes":{"type":"boolean","value":"true"}}'
    profile = Path(os.environ.get("TMPDIR", "/tmp")) / "lampiran-office-profile"  # noqa: S108 - kept: a new one costs seconds
    return [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", f"pdf:{kind}:{notes}", source.name]  # fmt: skip


def _chromium(source: Path, made: Path) -> list[str]:
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    return [*quiet, f"--print-to-pdf={made}", source.as_uri()]
