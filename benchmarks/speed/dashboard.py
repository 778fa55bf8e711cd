"""Measures how soon the dashboard of many decrees can be used in Chromium, from a file, and how large it is.

The plans are the samples' own, changed for each office and year (`drawing/many_plans.py`). `opens` is from the start of the page to
its first drawing with all figures, median over the rounds; `filters` the time that choosing an office takes, `loads` until the texts
of the rows shown are there, `finds` until all texts were searched.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

import lampiran
from benchmarks import command
from benchmarks.drawing.many_plans import plans
from benchmarks.tree import SAMPLES
from lampiran.dashboard.addresses import REPORT
from lampiran.dashboard.build import Source, dashboard_of
from lampiran.dashboard.writing import write_dashboard
from schema.plan import Plan

BASES = ("kpu-batang-2025.pdf", "kpu-contoh-2024.pdf")
_STEP = 5  # milliseconds between two questions to the page
BUDGET = 1.0  # seconds until it can be used
_OPENED = "performance.getEntriesByName('first-contentful-paint').concat(performance.getEntriesByName('usable')).map(one => one.startTime)"


def sources(offices: int, years: tuple[int, ...], rows: int, home: Path) -> list[Source]:
    """Return the made-up plans as results that lie in a folder."""
    bases = tuple(lampiran.read(SAMPLES / name).plan for name in BASES)
    made = []
    for plan in plans(bases, offices, years, rows):
        folder = home / plan.decree_id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / REPORT).touch()  # what links lead to
        made.append(Source(folder, partial(_same, plan)))
    return made


def _same(plan: Plan) -> Plan:
    return plan


def opened(page: Page, file: Path) -> list[float]:
    """Open the page; return the seconds until something is seen and until it can be used."""
    page.goto("about:blank")
    page.goto(file.as_uri())
    _wait(page, f"({_OPENED}).length === 2")
    return [float(at) / 1000 for at in page.evaluate(_OPENED)]


def timed(page: Page, act: str, until: str) -> float:
    """Do something on the page; return the seconds until something holds."""
    start = time.perf_counter()
    page.evaluate(act)
    _wait(page, until)
    return time.perf_counter() - start


def _wait(page: Page, until: str) -> None:
    """Wait until something holds; the page's policy lets nothing ask that from within."""
    while not page.evaluate(until):
        page.wait_for_timeout(_STEP)


def chosen(name: str, value: str) -> str:
    """Return the script that sets a filter as a person does."""
    return (
        f"(() => {{ const one = document.getElementById('filter-{name}'); one.value = {json.dumps(value)};"
        " one.dispatchEvent(new Event('input')); })()"
    )


def main() -> int:
    """Write the dashboard, open it several times, print figures; 1 where it is not usable soon enough."""
    options = command.parser("dashboard", __doc__)
    options.add_argument("--offices", type=int, default=110)
    options.add_argument("--years", type=int, default=5, help="decrees of each office")
    options.add_argument("--rows", type=int, default=90, help="about, of each decree")
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--keep", type=Path, help="folder for the pages")
    call = options.parse_args()
    with tempfile.TemporaryDirectory() as held:
        home = call.keep or Path(held)
        years = tuple(range(2026 - call.years, 2026))
        start = time.perf_counter()
        found = sources(call.offices, years, call.rows, home / "results")
        drawn = time.perf_counter()
        dashboard = dashboard_of(found)
        built = time.perf_counter()
        written = write_dashboard(dashboard, home / "dashboard", force=True)
        sizes = {file.name: file.stat().st_size for file in written.files}
        print(
            f"{len(dashboard.decrees)} decrees, {sum(len(one.rows) for one in dashboard.decrees)} actions, {len(dashboard.pairs)} pairs"
        )
        print(
            f"made up {drawn - start:.1f} s, built {built - drawn:.1f} s, written {time.perf_counter() - built:.1f} s"
        )
        print(
            f"index.html {sizes.pop('index.html')} bytes, {len(sizes)} files of texts {sum(sizes.values())} bytes"
        )
        return _browse(home / "dashboard" / "index.html", call.rounds)


def _chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None) or sys.exit(
        "Chromium is not installed."
    )


def _browse(file: Path, rounds: int) -> int:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        times = [opened(page, file) for _ in range(rounds)]
        usable = median(one[1] for one in times)
        print(
            f"opens: seen {median(one[0] for one in times):.2f} s, usable {usable:.2f} s ({rounds} rounds, worst {max(one[1] for one in times):.2f} s)"
        )
        office = page.evaluate("document.getElementById('filter-office').options[1].value")
        print(
            f"filters: {timed(page, chosen('office', office), '''document.querySelector('#said b').textContent.length < 4'''):.2f} s"
        )
        print(
            f"loads: {timed(page, chosen('office', ''), '''!document.querySelector('#due-list .void')'''):.2f} s"
        )
        sought = timed(page, chosen("q", "pidato apel"), "board.parts.every(part => part.state !== 'away')")
        print(f"finds: {sought:.2f} s")
        browser.close()
    return int(usable > BUDGET)


if __name__ == "__main__":
    sys.exit(main())
