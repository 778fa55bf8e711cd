"""Turns the samples into the pictures of the guide and of the README: what a person sees of each page and of the workbook.

`uv run python scripts/guide_pictures.py` writes docs/pictures anew; with names (`dashboard report`) only these. It needs Chromium and
LibreOffice. The dashboard shows made-up offices: the samples' plans, changed (`benchmarks/drawing/many_plans.py`).
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps
from playwright.sync_api import Browser, sync_playwright

from benchmarks.drawing.many_plans import plans
from lampiran.cli.app import run
from lampiran.loading import load_plan
from lampiran.publish.writing import to_json

ROOT = Path(__file__).resolve().parent.parent
SAMPLES, TARGET = ROOT / "samples", ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 1180, 760  # of the window, in pixels; what fits into it is shown
SIZES = {"dashboard": (1260, 1240)}  # where more than that is worth seeing
LACKING = 6  # of the made-up decrees, so that a gap is seen
NOW = "2025-11-03T09:00:00"  # by the clock of the page that is shown
SHOWN = 900  # pixels of a picture's width on the page
COLOURS = 160


def make_pages(folder: Path) -> dict[str, Path]:
    """Run the commands of the guide below a folder and return the file of each picture."""
    decree, typed = SAMPLES / "kpu-batang-2025.pdf", SAMPLES / "kpu-batang-2025.transcript.txt"
    out = folder / "out"
    for call in (
        ["extract", decree, SAMPLES / "kpu-contoh-2024.pdf", "-o", out],
        ["diff", out / "kpu-contoh-2024", out / "kpu-batang-2025", "-o", folder / "diff"],
        ["audit", decree, typed, "-o", out],
    ):
        if run([*map(str, call), "--lang", "id", "--quiet"]) != 0:
            sys.exit(f"lampiran {call[0]} failed.")
    made = plans(
        tuple(load_plan(out / name) for name in ("kpu-batang-2025", "kpu-contoh-2024")),
        4,
        (2023, 2024, 2025),
        70,
    )
    for plan in (plan for n, plan in enumerate(made) if n != LACKING):
        place = folder / "many" / plan.decree_id
        place.mkdir(parents=True)
        (place / "decree.json").write_bytes(to_json(plan))
    if (
        run(["dashboard", str(folder / "many"), "-o", str(folder / "dashboard"), "--lang", "id", "--quiet"])
        != 0
    ):
        sys.exit("lampiran dashboard failed.")
    return {
        "dashboard": folder / "dashboard" / "index.html",
        "report": out / "kpu-batang-2025" / "report.html",
        "workbook": out / "kpu-batang-2025" / "actions.xlsx",
        "diff": folder / "diff" / "diff.html",
        "audit": out / "kpu-batang-2025-transcript.audit" / "audit.html",
    }


def page_picture(browser: Browser, file: Path, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Image.Image:
    """Return the top of a page as a browser shows it."""
    shown = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme="light")
    shown.clock.set_fixed_time(NOW)
    shown.goto(file.as_uri())
    raw = shown.screenshot()
    shown.close()
    return Image.open(io.BytesIO(raw)).convert("RGB")


def workbook_picture(file: Path) -> Image.Image:
    """Return the top of a workbook's first sheet as LibreOffice prints it."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        words = [
            found("soffice", "libreoffice"),
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(file),
        ]
        subprocess.run(words, check=True, capture_output=True)  # noqa: S603 - the program that was looked for
        with pypdfium2.PdfDocument(Path(folder, file.stem + ".pdf")) as document:
            page = document[0]
            drawn: Image.Image = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
    left, top, right, bottom = ImageOps.invert(drawn).getbbox() or (0, 0, *drawn.size)
    return drawn.crop((left, top, min(right, left + WIDTH), min(bottom, top + HEIGHT)))


def found(*names: str) -> str:
    """Return the first of some programs that is installed."""
    places = map(shutil.which, names)
    return next((place for place in places if place), None) or sys.exit(f"{names[0]} is not installed.")


def save(picture: Image.Image, name: str) -> None:
    """Write a picture, small and with few colours."""
    small = picture.resize((SHOWN, round(picture.height * SHOWN / picture.width)), Image.Resampling.LANCZOS)
    few = small.quantize(colors=COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(TARGET / f"{name}.png", "PNG", optimize=True)


def main() -> None:
    """Write all pictures."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        pages = make_pages(Path(folder))
        chromium = found("chromium", "chromium-browser", "google-chrome")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name in sys.argv[1:] or pages:
            file = pages[name]
            if file.suffix == ".xlsx":
                save(workbook_picture(file), name)
            else:
                save(page_picture(browser, file, SIZES.get(name, (WIDTH, HEIGHT))), name)
        browser.close()


if __name__ == "__main__":
    main()
