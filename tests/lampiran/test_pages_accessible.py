"""Every page that is written, before axe-core: light and dark, on a telephone and on a wide screen, folded and open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, sync_playwright

import lampiran
from benchmarks.drawing.many_plans import plans
from lampiran.audit.audit import audit as audited
from lampiran.audit.figures.figures import figures_of
from lampiran.audit.ink.proof import ink_accounts
from lampiran.audit.report.page import audit_html
from lampiran.dashboard.build import Source, dashboard_of
from lampiran.dashboard.writing import write_dashboard
from lampiran.diff.writing import write_comparison
from lampiran.profile.build import profile_of
from lampiran.profile.page import profile_html
from lampiran.publish.report import report_html
from lampiran.result import Result
from schema.plan import Plan

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
PAGES = ("report", "waiting", "audit", "diff", "tables", "profile", "dashboard")

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, as its package for Playwright brings it."""
    pytest.importorskip("axe_playwright_python")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pages(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A page of each kind, of the samples; two reports, one of which asks. One area or two are enough."""
    folder = tmp_path_factory.mktemp("pages")
    printed, typed = samples / "kpu-batang-2025.pdf", samples / "kpu-batang-2025.transcript.txt"
    result, other = first_areas(lampiran.read(printed), 1), first_areas(lampiran.read(typed), 2)
    start, _, _ = typed.read_text(encoding="utf-8").partition(result.plan.areas[0].components[-1].name.text)
    (folder / "typed.txt").write_text(start, encoding="utf-8")
    found = audited(result, folder / "typed.txt")
    found = found.model_copy(update={"figures": figures_of(found.rows, found.cells, tables=False)})
    older = first_areas(lampiran.read(samples / "kpu-contoh-2024.pdf"), 1)
    lampiran.read_tables(samples / "kpu-contoh-2024.pdf").write(folder / "tables")
    write_comparison(lampiran.diff(older, result), folder / "diff")
    years = plans((other.plan, older.plan), 2, (2024, 2025), 30)
    write_dashboard(
        dashboard_of([Source(folder / one.decree_id, partial(replaced, one)) for one in years]),
        folder / "board",
    )
    made = {
        "report": report_html(result.plan, result.extraction, source_path=printed),
        "waiting": report_html(other.plan, other.extraction, source_path=typed),
        "audit": audit_html(found, decree=result, ink=ink_accounts(result)),
        "profile": profile_html(result, profile_of(result.plan)),
    }
    for name, content in made.items():
        (folder / f"{name}.html").write_bytes(content)
    places = {name: folder / f"{name}.html" for name in made}
    return (
        places
        | {"tables": folder / "tables/tables.html", "diff": folder / "diff/diff.html"}
        | {"dashboard": folder / "board/index.html"}
    )


def replaced(plan: Plan) -> Plan:
    """Give a plan back, as if it was loaded."""
    return plan


def first_areas(result: Result, count: int) -> Result:
    """Return a result whose plan has fewer areas: the pages have the same parts, and fewer of each."""
    areas = result.plan.areas[:count]
    own = {action.action_id for area in areas for part in area.components for action in part.actions} | {None}
    found = tuple(finding for finding in result.plan.findings if finding.action_id in own)
    return result.replace(plan=result.plan.replace(areas=areas, findings=found))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1400])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    name: str,
    width: int,
    scheme: Literal["light", "dark"],
    axe: str,
    pages: Mapping[str, Path],
    browser: Browser,
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    try:
        page.goto(pages[name].as_uri())
        page.evaluate(axe)
        for state in ("folded", "open and English"):
            if state != "folded":
                page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true; })")
                page.get_by_role("button", name="English").click()
            found: list[dict[str, Any]] = page.evaluate(
                "axe.run(document, {resultTypes: ['violations']}).then(result => result.violations)"
            )
            assert not [told(one) for one in found], state
    finally:
        page.close()


def told(violation: Mapping[str, Any]) -> str:
    """Return a violation in one line, with the first elements that it is about."""
    nodes = [f"{' '.join(node['target'])}: {node['failureSummary']}" for node in violation["nodes"][:3]]
    return f"{violation['id']} ({len(violation['nodes'])}): " + " | ".join(nodes)
