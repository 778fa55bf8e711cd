"""Turns the truth files into the committed PDFs, or says whether they still agree (`--check`)."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from samples.draw.facsimile import facsimile
from samples.draw.forms import FORMS, Form
from samples.draw.truth import load

FOLDER = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw or check the samples; 0 when all went well, 1 when a check found a difference."""
    parser = argparse.ArgumentParser(prog="python -m samples.draw", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the committed files")
    parser.add_argument("--only", choices=[form.sample for form in FORMS], help="one sample alone")
    options = parser.parse_args(arguments)
    chosen = [form for form in FORMS if options.only in {None, form.sample}]
    return max(_check(form) if options.check else _write(form) for form in chosen)


def draw(form: Form) -> bytes:
    """The PDF of one sample, drawn anew from its truth file."""
    return facsimile(form, load(FOLDER / f"{form.sample}.truth.json"))


def _write(form: Form) -> int:
    (FOLDER / f"{form.sample}.pdf").write_bytes(draw(form))
    return 0


def _check(form: Form) -> int:
    from samples.draw.compare import differences  # noqa: PLC0415 - only a check needs the readers

    found = differences((FOLDER / f"{form.sample}.pdf").read_bytes(), draw(form))
    for line in found:
        sys.stderr.write(f"{form.sample}: {line}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
