import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest

from extract.types import Extraction
from lampiran.publish.report import LINKED, report_html
from lampiran.publish.settings import REPORT
from lampiran.publish.writing import FILE_NAMES
from schema.authenticity import Authenticity, SignatureSummary
from schema.decree import DecreeHead, Field
from schema.findings import Finding, Message
from schema.geometry import BBox
from schema.plan import ExtraField, Plan
from schema.provenance import PageEntry, PageState, SourceRef

SAMPLE = Path(__file__).parents[3] / "samples" / "kpu-batang-2025.pdf"
LOADING = {"src", "href", "srcset", "action", "data", "poster", "background"}


class Elements(HTMLParser):
    """Collects every element with its attributes, and the text outside script and style."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def elements(page: bytes) -> Elements:
    parser = Elements()
    parser.feed(page.decode("utf-8"))
    return parser


def finding(severity: str, page: int, top: float, n: int = 0) -> Finding:
    box = BBox(x0=100.0, top=top, x1=300.0, bottom=top + 20)
    ref = SourceRef(sha256="0" * 64, page=page, bbox=box, reader="pdf-text")
    message = Message(id=f"pesan {n}", en=f"message {n}")
    return Finding.model_validate(
        {
            "code": "spelling-habit",
            "severity": severity,
            "origin": "decree",
            "ref": ref,
            "rule": "r",
            "message": message,
        }
    )


@pytest.fixture
def pdf_plan(plan: Plan) -> Plan:
    digest = hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    source = plan.source.model_copy(update={"sha256": digest, "media_type": "application/pdf"})
    found = (finding("notice", 1, 100), finding("info", 1, 200), finding("review", 2, 100))
    return plan.model_copy(update={"source": source, "findings": found})


def test_two_runs_give_the_same_bytes(plan: Plan, extraction: Extraction) -> None:
    assert report_html(plan, extraction) == report_html(plan, extraction)


def test_nothing_is_loaded_from_outside_the_page(plan: Plan, extraction: Extraction) -> None:
    page = report_html(plan, extraction)
    for tag, attributes in elements(page).found:
        for name in LOADING & set(attributes):
            beside = tag == "a" and attributes[name] in LINKED
            assert beside or (attributes[name] or "").startswith(("#", "data:")), (tag, attributes)
        assert tag not in {"link", "iframe", "object", "embed", "base"}
        assert "style" not in attributes
    assert not re.search(rb"https?:|url\(|@import", page)


def test_the_policy_allows_only_what_is_in_the_page(plan: Plan, extraction: Extraction) -> None:
    page = report_html(plan, extraction).decode("utf-8")
    policy = next(
        a["content"] for t, a in elements(page.encode()).found if a.get("http-equiv") and t == "meta"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        text = page.split(f"<{tag}>")[1].split(f"</{tag}>")[0]
        digest = hashlib.sha256(text.encode("utf-8")).digest()
        assert f"sha256-{base64.b64encode(digest).decode()}" in policy


def test_hostile_text_is_text(plan: Plan, extraction: Extraction, script: str) -> None:
    page = report_html(plan, extraction)
    assert script.encode() not in page
    parsed = elements(page)
    assert [tag for tag, _ in parsed.found].count("script") == 1
    assert script in "".join(parsed.text)
    assert not [name for _, attributes in parsed.found for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_opens_in_the_chosen_language_and_holds_both(
    plan: Plan, extraction: Extraction, language: str
) -> None:
    parsed = elements(report_html(plan, extraction, language=language))  # type: ignore[arg-type]
    assert next(a for t, a in parsed.found if t == "html")["lang"] == language
    assert {"Rencana aksi", "Action plan"} <= {text.strip() for text in parsed.text}


def test_every_action_and_finding_has_its_own_place_and_links_hit(plan: Plan, extraction: Extraction) -> None:
    parsed = elements(report_html(plan, extraction))
    ids = [a["id"] for _, a in parsed.found if "id" in a]
    assert len(ids) == len(set(ids))
    assert {f"a-{item.action.action_id}" for item in plan.placed()} <= set(ids)
    assert {f"f{n}" for n in range(1, len(plan.findings) + 1)} <= set(ids)
    links = {a["href"] or "" for t, a in parsed.found if t == "a"}
    assert {link[1:].partition("?")[0] for link in links if link.startswith("#")} <= set(ids)
    assert {link for link in links if not link.startswith("#")} == set(LINKED) <= set(FILE_NAMES)


def test_heat_map_counts_by_area_and_month(plan: Plan, extraction: Extraction) -> None:
    page = report_html(plan, extraction).decode("utf-8")
    months = page.split('class="heat heat-month"')[1].split("</table>")[0]
    january, march = re.findall(r'<td class="h(\d)">(?:<a[^>]*>)?(\d*)', months.split("<tr>")[2])[0:3:2]
    assert january == march == ("6", "1")
    assert "heat-quarter" in page
    assert "heat-semester" in page


def test_a_line_of_the_transcription_is_quoted_with_its_cell_marked(
    plan: Plan, extraction: Extraction
) -> None:
    page = report_html(plan, extraction).decode("utf-8")
    assert page.count("<mark>") == 2
    assert "<mark>rnonev &lt;script&gt;" in page


def test_findings_on_a_pdf_show_a_crop_but_infos_do_not(pdf_plan: Plan, extraction: Extraction) -> None:
    parsed = elements(report_html(pdf_plan, extraction, source_path=SAMPLE))
    images = [a for t, a in parsed.found if t == "img"]
    assert len(images) == 2
    assert all((a["src"] or "").startswith("data:image/png;base64,") and a["alt"] for a in images)
    assert "2 dari 2" in re.sub(r"\s+", " ", "".join(parsed.text)).replace("of", "").replace("  ", " ")


def test_a_page_that_cannot_be_drawn_costs_its_crops_not_the_page(
    pdf_plan: Plan, extraction: Extraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise KeyError("rotation")

    monkeypatch.setattr(pypdfium2.PdfPage, "render", failing)
    page = report_html(pdf_plan, extraction, source_path=SAMPLE).decode("utf-8")
    assert "<img" not in page
    assert "message 2" in page or "message 0" in page


def test_pages_that_were_not_read_are_named(pdf_plan: Plan, extraction: Extraction) -> None:
    states: tuple[PageState, ...] = ("read", "not_read", "not_read", "empty")
    pages = tuple(PageEntry(number=n, state=state) for n, state in enumerate(states, start=1))
    text = "".join(elements(report_html(pdf_plan.model_copy(update={"pages": pages}), extraction)).text)
    assert "Pages not read as a whole: 2-3." in re.sub(r"\s+", " ", text)


def test_crops_are_deterministic(pdf_plan: Plan, extraction: Extraction) -> None:
    first = report_html(pdf_plan, extraction, source_path=SAMPLE)
    assert first == report_html(pdf_plan, extraction, source_path=SAMPLE)


def test_without_the_right_file_the_page_says_that_there_are_no_crops(
    pdf_plan: Plan, extraction: Extraction, tmp_path: Path
) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(SAMPLE.read_bytes() + b"\n")
    for path in (None, other, tmp_path / "missing.pdf"):
        page = report_html(pdf_plan, extraction, source_path=path).decode("utf-8")
        assert "<img" not in page
        assert "crops of its pages are not shown" in page


def test_the_page_says_how_many_crops_it_shows(pdf_plan: Plan, extraction: Extraction) -> None:
    many = tuple(finding("warning", 1, 10.0 + 3 * n, n) for n in range(REPORT.most_crops + 5))
    urgent = finding("review", 2, 100)
    crowded = pdf_plan.model_copy(update={"findings": (*many, urgent)})
    page = report_html(crowded, extraction, source_path=SAMPLE).decode("utf-8")
    assert page.count("<img") == REPORT.most_crops
    assert "<img" in page.split(f'id="f{len(many) + 1}"')[1].split("</article>")[0]
    assert re.search(rf"{REPORT.most_crops} <span[^>]*>dari</span>.*?{len(many) + 1}\.", page)


def test_an_empty_plan_has_a_page(plan: Plan, extraction: Extraction) -> None:
    empty = Plan(decree_id="x", source=plan.source, head=DecreeHead())
    assert b"No schedule was read" in report_html(empty, extraction)


def test_each_signature_is_told_with_its_verdict(plan: Plan, extraction: Extraction) -> None:
    signature = SignatureSummary(
        field="Signature1", kind="approval", signer="<Signer>", integrity="content-altered", verdict="broken"
    )
    told = Authenticity(state="checked", signatures=(signature,))
    page = report_html(plan.model_copy(update={"authenticity": told}), extraction).decode()
    assert "&lt;Signer&gt;" in page
    assert ">broken<" in page
    unchecked = plan.model_copy(
        update={
            "authenticity": Authenticity(state="not-checked"),
            "source": plan.source.model_copy(update={"signature_count": 1}),
        }
    )
    assert ">not checked<" in report_html(unchecked, extraction).decode()


def test_further_columns_stand_with_their_action(plan: Plan, extraction: Extraction) -> None:
    extra = ExtraField(column="TARGET", field=Field(printed="2 dokumen", text="2 dokumen"))
    area, *others = plan.areas
    component, *rest = area.components
    action, *more = component.actions
    component = component.model_copy(
        update={"actions": (action.model_copy(update={"extra": (extra,)}), *more)}
    )
    area = area.model_copy(update={"components": (component, *rest)})
    page = report_html(plan.model_copy(update={"areas": (area, *others)}), extraction).decode()
    assert page.count('<dl class="extra"') == 1
    assert "TARGET:</dt>" in page
    assert "2 dokumen" in page
