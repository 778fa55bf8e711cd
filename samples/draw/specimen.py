"""Turns a sample's first pages into the one scan that is committed, or says whether it still agrees (`--check`)."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from samples.draw.scans import Scan, preset, scan

FOLDER = Path(__file__).resolve().parent.parent
SOURCE = FOLDER / "kpu-contoh-2024.pdf"
SPECIMEN = FOLDER / "kpu-contoh-2024.scan.pdf"
SETTINGS = replace(preset("stamped200", 4, (1, 2, 3)), jpeg=60, noise=2.5)
DPI = 50
ALIKE = 1.0  # mean difference in grey levels that another release of a picture library may make


def specimen() -> Scan:
    """Draw the scan anew: the body and the first annex page, in colour, under a stamp and a signature."""
    return scan(SOURCE.read_bytes(), SETTINGS)


def problems(old: bytes, new: bytes) -> list[str]:
    """One line for each page of the old scan that does not look like the new one's."""
    one, two = _pictures(old), _pictures(new)
    if [page.shape for page in one] != [page.shape for page in two]:
        return ["the pages differ in number or size"]
    apart = [float(np.abs(a - b).mean()) for a, b in zip(one, two, strict=True)]
    return [
        f"page {number}: pixels differ by {off:.1f}" for number, off in enumerate(apart, 1) if off > ALIKE
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the committed scan anew, or check it; 1 when the check finds a difference."""
    parser = argparse.ArgumentParser(prog="python -m samples.draw.specimen", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the committed file")
    options = parser.parse_args(arguments)
    if not options.check:
        SPECIMEN.write_bytes(specimen().pdf)
        return 0
    found = problems(SPECIMEN.read_bytes(), specimen().pdf)
    for line in found:
        sys.stderr.write(f"{SPECIMEN.name}: {line}\n")
    return 1 if found else 0


def _pictures(data: bytes) -> list[NDArray[np.float32]]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.render(scale=DPI / 72).to_numpy().astype(np.float32) for page in document]
    finally:
        document.close()


if __name__ == "__main__":
    sys.exit(main())
