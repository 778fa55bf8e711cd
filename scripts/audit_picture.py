"""Turns the sample decree and its transcription into the picture of `audit.html` in the docs.

`uv run python scripts/audit_picture.py` writes docs/audit.png anew. It needs Chromium.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

import lampiran
from lampiran.audit.audit import audit
from lampiran.audit.figures.figures import figures_of
from lampiran.audit.ink.proof import ink_accounts
from lampiran.audit.report.page import audit_html

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "audit.png"
WIDTH, HEIGHT = 1280, 900
COLOURS = 200
# What the picture shows of a page that is many screens long: one place of each of these kinds, and the maps of a few pages.
KINDS = ("mark-moved", "row-shifted", "letter-confusion")
MAPS = (3, 4, 5)
LEAVE = """([kinds, maps]) => {
  const kept = kinds.map(kind => document.querySelector(`.place[data-kind~="${kind}"]`));
  for (const place of document.querySelectorAll(".place")) place.hidden = !kept.includes(place);
  for (const group of document.querySelectorAll(".group")) group.hidden = !group.querySelector(".place:not([hidden])");
  for (const map of document.querySelectorAll(".map")) map.hidden = !maps.includes(Number(map.id.slice(4)));
  for (const name of ["rows", "cells", "sources"]) document.getElementById(name).hidden = true;
  document.getElementById("figures").open = true;
  document.getElementById("stepper").style.position = "static";
}"""


def page() -> bytes:
    """Return the page of the sample's audit, in English."""
    result = lampiran.read(ROOT / "samples" / "kpu-batang-2025.pdf")
    found = audit(result, ROOT / "samples" / "kpu-batang-2025.transcript.txt")
    found = found.model_copy(update={"figures": found.figures or figures_of(found.rows, found.cells)})
    return audit_html(found, decree=result, ink=ink_accounts(result), language="en")


def picture(content: bytes) -> Image.Image:
    """Return parts of the page as a browser shows them."""
    chromium = next(
        (
            found
            for name in ("chromium", "chromium-browser", "google-chrome")
            if (found := shutil.which(name))
        ),
        None,
    )
    if chromium is None:
        sys.exit("Chromium is not installed.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        file = Path(folder) / "audit.html"
        file.write_bytes(content)
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        shown.goto(file.as_uri())
        shown.evaluate(LEAVE, [list(KINDS), list(MAPS)])
        raw = shown.screenshot(full_page=True)
        browser.close()
    return Image.open(io.BytesIO(raw)).convert("RGB")


def main() -> None:
    """Write the picture."""
    whole = picture(page())
    small = whole.quantize(colors=COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    small.save(TARGET, "PNG", optimize=True)


if __name__ == "__main__":
    main()
