"""Files of the program's own formats that mean harm: results, profiles, decisions, sheets, packs."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from benchmarks.hostile import pdf_catalog, pdf_operators, pdf_pages, pdf_structure  # noqa: F401 - their kinds are taken again
from benchmarks.hostile.book import Book
from benchmarks.hostile.kinds import KINDS, call
from benchmarks.hostile.workbooks import PLAN_ROWS, sheet, workbook

DEEP = 100_000
MIB = 1_048_576


def _plan(folder: Path) -> str:
    path = folder / "naskah.pdf"
    path.write_bytes(Book.with_plan().written())
    return str(path)


def _with(option: str, folder: Path, name: str, content: str | bytes) -> list[str]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return ["extract", _plan(folder), option, str(path)]


def _profile(folder: Path, content: str | bytes) -> list[str]:
    return _with("--profile", folder, "profil.yaml", content)


def _decisions(folder: Path, content: str | bytes) -> list[str]:
    return _with("--decisions", folder, "putusan.json", content)


@call("misused")
def profile_of_references(folder: Path) -> list[str]:
    """References to references, thirty levels of nine."""
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 31))
    return _profile(folder, f"profile: 1\na0: &a0 [x]\n{levels}forms: []\n")


@call("misused")
def profile_that_is_deep(folder: Path) -> list[str]:
    """A hundred thousand lists in one another."""
    return _profile(folder, "profile: 1\nforms: " + "[" * DEEP + "]" * DEEP + "\n")


@call("misused")
def profile_that_is_deep_and_small(folder: Path) -> list[str]:
    """Nine hundred lists in one another."""
    return _profile(folder, "profile: 1\nforms: " + "[" * 900 + "]" * 900 + "\n")


@call("misused")
def profile_of_ten_megabytes(folder: Path) -> list[str]:
    """A profile that is too large for one."""
    return _profile(folder, "profile: 1\nforms: []\n" + "# x\n" * 2_500_000)


@call("misused")
def profile_of_objects(folder: Path) -> list[str]:
    """A profile that asks for programs to be run."""
    return _profile(folder, "profile: 1\nforms: !!python/object/apply:os.system ['touch x']\n")


@call("misused")
def profile_of_bytes(folder: Path) -> list[str]:
    """Bytes that are no text."""
    return _profile(folder, bytes(range(256)) * 50)


@call("misused")
def profile_of_many_keys(folder: Path) -> list[str]:
    """A profile of twenty thousand keys that there are not."""
    return _profile(folder, "profile: 1\nforms: []\n" + "".join(f"k{n}: 1\n" for n in range(20_000)))


@call("misused")
def profile_of_brackets(folder: Path) -> list[str]:
    """Keys that are lists and tables."""
    return _profile(folder, "profile: 1\n? [a, {b: c}]\n: d\n? {}\n: e\nforms: []\n")


@call("misused")
def decisions_of_ten_megabytes(folder: Path) -> list[str]:
    """Decisions that are too large for a file of them."""
    return _decisions(folder, json.dumps({"decisions_version": "1.0", "decisions": ["x" * 100] * 100_000}))


@call("misused")
def decisions_that_are_deep(folder: Path) -> list[str]:
    """A hundred thousand lists in one another."""
    return _decisions(folder, '{"decisions_version": "1.0", "decisions": ' + "[" * DEEP + "]" * DEEP + "}")


@call("misused")
def decisions_of_no_number(folder: Path) -> list[str]:
    """Numbers that are none, and ones of fifty thousand figures."""
    return _decisions(
        folder, '{"decisions_version": NaN, "decisions": [Infinity, -1e999, ' + "9" * 50_000 + "]}"
    )


@call("misused")
def decisions_cut_off(folder: Path) -> list[str]:
    """Half of a file of decisions, with a zero byte."""
    return _decisions(folder, '{"decisions_version": "1.0", "deci\0sions": [{')


@call("misused", "refused")
def decisions_that_are_a_folder(folder: Path) -> list[str]:
    """A folder in the place of decisions."""
    (folder / "putusan.json").mkdir()
    return ["extract", _plan(folder), "--decisions", str(folder / "putusan.json")]


def _result(folder: Path, content: str | bytes, name: str = "decree.json") -> Path:
    path = folder / "hasil"
    path.mkdir()
    (path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@call("refused")
def result_that_is_deep(folder: Path) -> list[str]:
    """A result of a hundred thousand tables in one another."""
    return ["coverage", str(_result(folder, '{"a":' * DEEP + "1" + "}" * DEEP))]


@call("refused")
def result_of_no_number(folder: Path) -> list[str]:
    """A result of numbers that are none."""
    return ["due", str(_result(folder, '{"schema_version": NaN, "areas": [Infinity]}')), "--month", "1"]


@call("refused")
def result_of_a_million_keys(folder: Path) -> list[str]:
    """A result of a million keys that there are not."""
    keys = ",".join(f'"k{n}":1' for n in range(1_000_000))
    return ["coverage", str(_result(folder, "{" + keys + "}"))]


@call("refused")
def result_of_a_terabyte(folder: Path) -> list[str]:
    """A result's file of a terabyte that takes no room."""
    path = _result(folder, "{")
    with (path / "decree.json").open("r+b") as target:
        target.truncate(1 << 40)
    return ["coverage", str(path)]


@call("refused")
def results_that_differ_oddly(folder: Path) -> list[str]:
    """Two results that are none, side by side."""
    path = _result(folder, "[]")
    return ["diff", str(path), str(path)]


@call("refused")
def result_to_review(folder: Path) -> list[str]:
    """A result that is none, to be reviewed."""
    return [
        "review",
        str(_result(folder, '{"plan":' * 500 + "1" + "}" * 500)),
        "--export",
        str(folder / "out.xlsx"),
    ]


@call("refused")
def data_that_is_deep(folder: Path) -> list[str]:
    """JSON of a hundred thousand lists in one another, to be read as a decree."""
    path = folder / "naskah.txt"
    path.write_text("[" * DEEP)
    return ["extract", str(path)]


@call("refused")
def data_of_a_package(folder: Path) -> list[str]:
    """A package's description, to be read as a decree."""
    path = folder / "naskah.txt"
    path.write_text(json.dumps({"$schema": "x", "resources": [{"path": "../../etc/passwd"}] * 1000}))
    return ["extract", str(path)]


@call("refused", "no-plan")
def data_of_a_thousand_figures(folder: Path) -> list[str]:
    """JSON of a number of a million figures."""
    path = folder / "naskah.txt"
    path.write_text("[" + "9" * 1_000_000 + "]")
    return ["extract", str(path)]


@call("no-plan", "refused")
def page_with_our_mark(folder: Path) -> list[str]:
    """A page that says it is one of ours."""
    path = folder / "naskah.html"
    path.write_text('<html><meta name="generator" content="lampiran"><table></table></html>')
    return ["extract", str(path)]


@call("refused")
def workbook_with_our_mark(folder: Path) -> list[str]:
    """A workbook whose author's mark unpacks to 96 MiB."""
    core = "<x><dc:creator>lampiran</dc:creator>" + " " * (96 * MIB)
    path = folder / "naskah.xlsx"
    path.write_bytes(workbook({"docProps/core.xml": core}))
    return ["extract", str(path)]


def _judged(folder: Path, name: str, content: str | bytes) -> list[str]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (folder / "salinan.txt").write_text("\n".join("\t".join(row) for row in (("No",), ("1",))))
    return ["audit", _plan(folder), "--judged", str(path)]


@call("refused", "misused")
def sheet_of_judgements_with_long_cells(folder: Path) -> list[str]:
    """Cells of a million letters."""
    return _judged(folder, "lembar.csv", "sample_id,cell,judgement\n" + f'a,"{"x" * 1_000_000}",b\n' * 3)


@call("refused", "misused")
def sheet_of_judgements_without_end(folder: Path) -> list[str]:
    """A workbook of judgements that unpacks to a gigabyte."""
    return _judged(
        folder, "lembar.xlsx", workbook({"xl/worksheets/sheet1.xml": sheet(PLAN_ROWS + " " * (96 * MIB))})
    )


@call("refused", "misused")
def sheet_of_judgements_far_away(folder: Path) -> list[str]:
    """A workbook of judgements with a cell in the last row and column."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return _judged(folder, "lembar.xlsx", workbook({"xl/worksheets/sheet1.xml": sheet(PLAN_ROWS + far)}))


@call("refused", "misused")
def sheet_of_judgements_of_texts(folder: Path) -> list[str]:
    """A workbook of judgements whose texts are two hundred megabytes."""
    texts = "<sst>" + ("<si><t>" + "x" * 1000 + "</t></si>") * 200_000 + "</sst>"
    return _judged(folder, "lembar.xlsx", workbook({"xl/sharedStrings.xml": texts}))


def _pack(folder: Path, members: dict[str, bytes]) -> list[str]:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    (folder / "bukti.zip").write_bytes(target.getvalue())
    return ["audit", _plan(folder), "--check-pack", str(folder / "bukti.zip")]


@call("refused", "misused", "asked")
def pack_of_a_gigabyte(folder: Path) -> list[str]:
    """An evidence pack that unpacks to a gigabyte."""
    return _pack(folder, {"manifest.json": b" " * (96 * MIB)})


@call("refused", "misused", "asked")
def pack_that_is_deep(folder: Path) -> list[str]:
    """An evidence pack whose list is a hundred thousand lists in one another."""
    return _pack(folder, {"manifest.json": b"[" * DEEP})


@call("refused", "misused", "asked")
def pack_that_leads_out(folder: Path) -> list[str]:
    """An evidence pack with members of other places."""
    return _pack(folder, {"manifest.json": b"{}", "../../../tmp/x": b"y", "/etc/passwd": b"z"})


@call("refused", "misused", "asked")
def pack_that_is_none(folder: Path) -> list[str]:
    """A text in the place of an evidence pack."""
    (folder / "bukti.zip").write_bytes(b"PK\3\4 x")
    return ["audit", _plan(folder), "--check-pack", str(folder / "bukti.zip")]


def _trusted(folder: Path, content: bytes) -> list[str]:
    (folder / "akar.pem").write_bytes(content)
    return ["verify", _plan(folder), "--trust", str(folder / "akar.pem")]


@call("misused", "refused")
def certificates_of_rubbish(folder: Path) -> list[str]:
    """Certificates that are none."""
    return _trusted(
        folder, b"-----BEGIN CERTIFICATE-----\n" + b"MIIB" * 100_000 + b"\n-----END CERTIFICATE-----\n"
    )


@call("misused", "refused")
def certificates_in_one_another(folder: Path) -> list[str]:
    """Lengths in lengths."""
    return _trusted(folder, b"\x30\x80" * 200_000)


def _again(command: str, names: tuple[str, ...]) -> None:
    """Register kinds of PDFs for another command: what a command reads beside the pages is read of any file."""
    for name in names:
        made = KINDS[name].make

        def make(folder: Path, made: object = made) -> list[str]:
            return [command, *made(folder)[1:]]  # type: ignore[operator]

        make.__name__ = f"{command}_{name}"
        call("read", "asked", "refused", "partly", "no-plan")(make)


_again(
    "verify",
    (
        "signature_of_negative_ranges",
        "signature_of_ranges_beyond",
        "signature_of_no_range",
        "signature_of_many_ranges",
        "signature_of_five_megabytes",
        "signature_in_a_circle",
        "a_thousand_signatures",
        "a_thousand_revisions",
        "metadata_as_a_bomb",
        "metadata_as_xml_bomb",
        "table_as_a_bomb",
        "tables_loop",
        "fields_double",
        "name_trees_loop",
        "start_beyond",
    ),
)
_again(
    "tables",
    (
        "a_grid_of_many_cells",
        "a_grid_of_a_million_boxes",
        "rulings_without_end",
        "page_as_large_as_a_town",
    ),
)
_again("profile", ("plan_as_large_as_a_wall", "plan_of_many_rows"))
