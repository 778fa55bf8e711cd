"""What the tests of dashboards share: results of several offices and years, one of them whole, and their dashboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import lampiran
from benchmarks.drawing.many_plans import plans
from lampiran.dashboard.addresses import REPORT
from lampiran.dashboard.build import Source, dashboard_of
from lampiran.dashboard.model import Dashboard
from lampiran.dashboard.writing import write_dashboard
from lampiran.loading import FILE, load_plan
from lampiran.publish.writing import to_json
from schema.plan import Plan

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
