"""What the tests of dashboards share: results of several offices and years, one of them whole, and their dashboard."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

import lampiran
from benchmarks.drawing.many_plans import plans
from lampiran.dashboard.addresses import REPORT
from lampiran.dashboard.build import Source, dashboard_of
from lampiran.dashboard.model import Dashboard
from lampiran.dashboard.writing import write_dashboard
from lampiran.loading import FILE, load_plan
from lampiran.publish.writing import to_json
from schema.plan import Plan

Opened = Callable[..., Page]
MARCH, ALL = "2", ""
WHOLE = "batang"  # the result that has a report beside its decree.json
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)


@pytest.fixture(scope="session")
def results(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of results: two samples, and made-up plans of two offices in two years, with doubts."""
    folder = tmp_path_factory.mktemp("results")
    printed = lampiran.read(samples / "kpu-batang-2025.pdf")
    printed.write(folder / WHOLE)
    other = lampiran.read(samples / "kpu-contoh-2024.pdf").plan
    made = plans((printed.plan, other), 2, (2024, 2025), 40)
    for name, plan in {"contoh": other, **{plan.decree_id: plan for plan in made}}.items():
        write_plan(folder / name, plan)
    return folder


def write_plan(folder: Path, plan: Plan) -> None:
    """Write what a dashboard reads of a result, and a report that links can lead to."""
    folder.mkdir(parents=True)
    (folder / FILE).write_bytes(to_json(plan))
    (folder / REPORT).touch()


@pytest.fixture(scope="session")
def read_plans(results: Path) -> Mapping[str, Plan]:
    """The plans of the results by the name of their folder."""
    return {path.parent.name: load_plan(path) for path in sorted(results.glob(f"*/{FILE}"))}


@pytest.fixture(scope="session")
def dashboard(results: Path) -> Dashboard:
    return dashboard_of(Source(path, partial(load_plan, path)) for path in sorted(results.iterdir()))


@pytest.fixture(scope="session")
def page_file(dashboard: Dashboard, results: Path) -> Path:
    """The page of the dashboard, in a folder beside the results."""
    folder = results.with_name(f"{results.name}-dashboard")
    return write_dashboard(dashboard, folder).files[0]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, page_file: Path) -> Iterator[Opened]:
    """Open the page; it asks nothing of a network and says nothing on the console, or the test fails."""
    said: list[str] = []
    asked: list[str] = []
    pages: list[Page] = []

    def opened(file: Path = page_file, width: int = 1400, address: str = "") -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900})
        pages.append(page)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri() + address)
        return page

    yield opened
    for page in pages:
        page.close()
    assert said == []
    assert asked
    assert all(url.startswith("file:") for url in asked)


def choose(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"#filter-{name}").select_option(value)


def counts(page: Page, place: str) -> list[int]:
    """Return the numbers that a place shows in bold."""
    return [int(re.sub(r"\D", "", text)) for text in page.locator(f"{place} b").all_inner_texts()]


def pictured(folder: Path, plan: Plan, size: tuple[int, int], place: str) -> None:
    """Write a plan with a picture of each row, in which the evidence stands at a place."""
    write_plan(folder, plan)
    (folder / "crops").mkdir()
    for action in plan.actions:
        Image.new("RGB", size).save(folder / "crops" / f"{action.action_id}-p4.png")
    lines = [
        f'{action.action_id},evidence,"{action.action_id}-p4.png#xywh={place}"\r\n' for action in plan.actions
    ]
    (folder / "crops" / "crops.csv").write_text("action_id,field,crop\r\n" + "".join(lines), encoding="utf-8")
