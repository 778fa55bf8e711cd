"""The survey of a file: what it is by content, and one clear sentence where it cannot be read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from extract.reading import read_document
from extract.settings import LIMITS
from extract.survey import opening
from extract.survey.survey import media_type, survey
from schema.errors import InputError


def picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "grey").save(buffer, kind)
    return buffer.getvalue()


def office_file() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return buffer.getvalue()


def drawn_pdf(draw: Any) -> bytes:
    path: Path = draw(lambda sheet: sheet.text(50, 50, "isi keputusan"))
    return path.read_bytes()


def locked(draw: Any, *, user: str) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn_pdf(draw))) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(user=user, owner="pemilik"))
    return buffer.getvalue()


def without_pages(draw: Any) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn_pdf(draw))) as pdf:
        del pdf.pages[0]
        pdf.save(buffer)
    return buffer.getvalue()


BAD: dict[str, tuple[Callable[[Any], bytes], str]] = {
    "empty": (lambda _: b"", "is empty"),
    "blank": (lambda _: b" \n\t", "is empty"),
    "JPEG named .pdf": (lambda _: picture("JPEG"), "is a JPEG image, not a PDF"),
    "PNG named .pdf": (lambda _: picture("PNG"), "is a PNG image, not a PDF"),
    "TIFF named .pdf": (lambda _: picture("TIFF"), "is a TIFF image, not a PDF"),
    "office": (lambda _: office_file(), "is an office document"),
    "text named .pdf": (lambda _: b"Keputusan KPU\n", "neither a PDF nor a text"),
    "binary": (lambda _: bytes(range(256)) * 8, "neither a PDF nor a text"),
    "truncated": (lambda draw: drawn_pdf(draw)[:300], "truncated or badly damaged"),
    "password": (lambda draw: locked(draw, user="rahasia"), "protected by a password"),
    "no pages": (without_pages, "without pages"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_read_gets_one_sentence_a_language(
    draw: Any, tmp_path: Path, case: str
) -> None:
    make, sentence = BAD[case]
    path = tmp_path / "keputusan.pdf"
    path.write_bytes(make(draw))
    with pytest.raises(InputError) as caught:
        read_document(path)
    for language in ("id", "en"):
        message = caught.value.text(language)
        assert "keputusan.pdf" in message
        assert message.endswith(".")
        assert message.count(". ") == 0
    assert sentence in caught.value.text("en")


def test_a_missing_file_and_a_directory_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="was not found"):
        survey(tmp_path / "tidak-ada.pdf")
    with pytest.raises(InputError, match="is a directory"):
        survey(tmp_path)


def test_a_file_above_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "besar.pdf"
    with path.open("wb") as file:
        file.truncate(256 * 1024 * 1024 + 1)
    with pytest.raises(InputError, match="larger than 256 MiB"):
        survey(path)


def test_a_lone_picture_is_no_document(tmp_path: Path) -> None:
    path = tmp_path / "halaman.jpg"
    path.write_bytes(picture("JPEG"))
    assert survey(path).source.media_type == "image/jpeg"
    with pytest.raises(InputError, match="is a JPEG image"):
        read_document(path)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\n\n%PDF-1.4\n", "application/pdf"),
        (b"NOMOR\tTAHUN\n", "text/plain"),
        ("\ufeffNOMOR √".encode("utf-16"), "text/plain"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>", "text/html"),
        (b"<table><tr><td>", "text/html"),
        (b"Lampiran\n<table><tr><td>", "text/plain"),
        (b"{\\rtf1", "application/rtf"),
        (b'{"decree_id": "x"}\n', "application/json"),
        (b'{"file": "a"}\n{"file": "b"}\n', "application/json"),
        (b'{\n "decree_id": "cut o', "application/json"),
        (b'\n[ {"area": "1", "action"', "application/json"),
        (b'[["area", "action"], ["1", "x"]]', "application/json"),
        ('\ufeff{"area": 1}'.encode("utf-16"), "application/json"),
        (b"[" * 100_000, "text/plain"),
        (b"[1] LAMPIRAN KEPUTUSAN\n[2] NOMOR", "text/plain"),
        (b"{NOMOR}\tTAHUN\n", "text/plain"),
    ],
)
def test_the_kind_of_a_file_is_judged_by_its_content(data: bytes, expected: str) -> None:
    assert media_type(data) == expected


def test_json_is_no_transcription(tmp_path: Path) -> None:
    path = tmp_path / "typed.txt"
    path.write_text('{"area": "1", "action": "x"}', encoding="utf-8")
    with pytest.raises(InputError, match="holds JSON") as refusal:
        survey(path)
    assert "transkripsi" in refusal.value.text("id")


def test_the_survey_names_the_file_as_it_lies_on_disk(draw: Any) -> None:
    path: Path = draw(lambda sheet: sheet.text(50, 50, "isi"))
    seen = survey(path)
    data = path.read_bytes()
    assert (seen.source.name, seen.source.size) == ("drawn.pdf", len(data))
    assert seen.source.sha256 == sha256(data).hexdigest()
    assert (seen.source.page_count, seen.source.signature_count) == (1, 0)
    assert "data" not in seen.model_dump()


def test_an_empty_user_password_opens_the_file(draw: Any, tmp_path: Path) -> None:
    path = tmp_path / "terkunci.pdf"
    path.write_bytes(locked(draw, user=""))
    extraction = read_document(path)
    assert [line.text for line in extraction.lines] == ["isi keputusan"]
    assert extraction.findings == ()


def test_a_damaged_table_of_objects_is_repaired_and_reported(draw: Any, tmp_path: Path) -> None:
    path = tmp_path / "rusak.pdf"
    path.write_bytes(drawn_pdf(draw).replace(b"startxref", b"startxxxx"))
    extraction = read_document(path)
    assert [line.text for line in extraction.lines] == ["isi keputusan"]
    assert [finding.code for finding in extraction.findings] == ["file-repaired"]
    assert extraction.source.size == path.stat().st_size


def test_kinds_of_pages_and_what_is_read_of_them(draw: Any, read: Any) -> None:
    scan = ImageReader(Image.new("RGB", (80, 60), "grey"))

    def paint(sheet: Any) -> None:
        sheet.text(50, 50, "digital")
        sheet.next_page()
        sheet.canvas.drawImage(scan, 0, 0, 400, 300)
        sheet.next_page()
        sheet.canvas.drawImage(scan, 0, 0, 400, 300)
        hidden = sheet.canvas.beginText(50, 200)
        hidden.setTextRenderMode(3)
        hidden.setFont("Helvetica", 8)
        hidden.textOut("lapisan OCR")
        sheet.canvas.drawText(hidden)
        sheet.next_page()
        sheet.canvas.drawImage(scan, 0, 0, 400, 300)
        shown = sheet.canvas.beginText(50, 200)
        shown.setTextRenderMode(0)
        shown.setFont("Helvetica", 8)
        shown.textOut("di atas gambar")
        sheet.canvas.drawText(shown)
        sheet.next_page()

    extraction = read(draw(paint))
    kinds = [page.kind for page in extraction.pages]
    assert kinds == ["digital", "picture", "mixed", "mixed", "empty"]
    told = [(finding.code, finding.raw) for finding in extraction.findings]
    assert told[:2] == [("page-not-read", "2"), ("page-not-read", "3")]
    assert told[2:] in ([("page-not-read", "4")], [("text-layer-ignored", "4")])
    assert (1, "digital") in [(line.page, line.text) for line in extraction.lines]


def test_text_drawn_as_outlines_is_reported_not_passed_over(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        for place in range(60):
            x, y = 50 + 6 * (place % 30), 60 + 14 * (place // 30)
            sheet.canvas.ellipse(x, y, x + 4, y + 6)

    extraction = read(draw(paint))
    assert extraction.pages[0].kind == "picture"
    assert extraction.lines or [f.code for f in extraction.findings] == ["page-not-read"]


def nested_forms(levels: int, fan: int) -> bytes:
    """A small file whose page paints `fan` to the power of `levels` forms."""
    pdf = pikepdf.new()
    form = pdf.make_stream(b"0 0 m 1 1 l S\n", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    form.BBox = [0, 0, 10, 10]
    for _ in range(levels):
        outer = pdf.make_stream(b"/F Do\n" * fan, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        outer.BBox = [0, 0, 10, 10]
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
        form = outer
    page = pdf.add_blank_page(page_size=(200, 200))
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    page.obj.Contents = pdf.make_stream(b"/F Do\n")
    return saved(pdf)


def inflating_content() -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    page.obj.Contents = pdf.make_stream(b"0 0 m 1 1 l S\n" * 2_000_000)
    return saved(pdf, compress_streams=True)


def saved(pdf: pikepdf.Pdf, *, compress_streams: bool = True) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, compress_streams=compress_streams)
    return buffer.getvalue()


@pytest.mark.parametrize("make", [lambda: nested_forms(12, 10), inflating_content])
def test_a_page_that_unfolds_without_end_is_marked_not_painted(
    tmp_path: Path, make: Callable[[], bytes]
) -> None:
    path = tmp_path / "bom.pdf"
    path.write_bytes(make())
    assert path.stat().st_size < 200_000
    extraction = read_document(path)
    assert [(finding.code, finding.raw) for finding in extraction.findings] == [("page-not-read", "1")]


def test_forms_in_measure_are_read(tmp_path: Path) -> None:
    path = tmp_path / "wajar.pdf"
    path.write_bytes(nested_forms(2, 3))
    assert read_document(path).pages[0].kind in {"digital", "empty"}


def test_more_pages_than_the_limit_are_refused(draw: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LIMITS", LIMITS.model_copy(update={"pages": 1}))

    def paint(sheet: Any) -> None:
        sheet.text(50, 50, "satu")
        sheet.next_page()

    with pytest.raises(InputError, match="has 2 pages"):
        survey(draw(paint))


def test_signed_fields_are_counted_and_empty_ones_are_not(draw: Any, tmp_path: Path) -> None:
    path = tmp_path / "tanda-tangan.pdf"
    with pikepdf.open(draw(lambda sheet: sheet.text(50, 50, "isi"))) as pdf:
        signed = pdf.make_indirect(
            pikepdf.Dictionary(
                FT=pikepdf.Name.Sig, T="satu", V=pikepdf.Dictionary(Type=pikepdf.Name.Sig, Contents=b"0")
            )
        )
        waiting = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="dua"))
        group = pdf.make_indirect(pikepdf.Dictionary(T="kelompok", Kids=pikepdf.Array([signed])))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([group, waiting, signed]))
        pdf.save(path)
    assert survey(path).source.signature_count == 1


def test_a_transcription_goes_to_its_own_reader(tmp_path: Path) -> None:
    path = tmp_path / "transkrip.txt"
    path.write_text("KEPUTUSAN\nNOMOR 1 TAHUN 2025\n", encoding="utf-8")
    extraction = read_document(path)
    assert extraction.pages == ()
    assert extraction.source.media_type == "text/plain"
    assert any("KEPUTUSAN" in line.text for line in extraction.lines)
