"""`profile.html` as a reader and a browser meet it."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

import pytest

import lampiran
from lampiran.profile.build import profile_of
from lampiran.profile.page import profile_html
from lampiran.publish.labels import label
from lampiran.result import Result
from samples.draw.variants import variant

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    file = tmp_path_factory.mktemp("page") / "formulir.pdf"
    file.write_bytes(variant("unnumbered-areas").pdf())
    return lampiran.read(file)


def test_the_page_loads_nothing_and_is_the_same_each_time(result: Result) -> None:
    profile = profile_of(result.plan)
    page = profile_html(result, profile).decode("utf-8")
    assert set(re.findall(r"(?:src|href)=\"([^\"]{0,22})", page)) == {"data:image/png;base64,"}
    assert "default-src 'none'" in html.unescape(page)
    assert profile_html(result, profile).decode("utf-8") == page


def test_a_transcription_has_no_picture(root: Path) -> None:
    read = lampiran.read(root / "samples/kpu-batang-2025.transcript.txt")
    page = profile_html(read, profile_of(read.plan)).decode("utf-8")
    assert "<svg" not in page
    assert label("profile", "no_picture").id in page


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_a_browser_shows_each_role_over_its_column_and_asks_no_network(
    result: Result, tmp_path: Path
) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is there

    profile = profile_of(result.plan)
    (form,) = profile.forms
    file = tmp_path / "profile.html"
    file.write_bytes(profile_html(result, profile))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM)
        try:
            page = browser.new_page(viewport={"width": 1300, "height": 900})
            said: list[str] = []
            asked: list[str] = []
            page.on("console", lambda message: said.append(message.text))
            page.on("request", lambda request: asked.append(request.url.split(":", maxsplit=1)[0]))
            page.goto(file.as_uri())
            assert set(asked) <= {"file", "data"}
            assert asked.count("file") == 1
            assert said == []
            assert page.locator(".stripe").count() == len(form.columns)
            size = page.evaluate("document.querySelector('svg image').getBoundingClientRect().width")
            assert size > 800
            for role in {column.role for column in form.columns}:
                assert page.locator(f"table.roles .chip[data-role={role}]").first.is_visible()
                tag = page.locator(f".tag-text.r-{role}").first
                assert label("role", role).id in tag.text_content()
                box, sheet = tag.bounding_box(), page.locator(".sheet").bounding_box()
                assert box
                assert sheet
                assert box["y"] >= sheet["y"]
            page.get_by_role("button", name="English").click()
            assert page.locator("h2").first.inner_text().startswith("Form")
        finally:
            browser.close()
