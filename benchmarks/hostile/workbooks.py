"""Workbooks that mean harm: archives that unpack without end, far cells, entities, links out of the file."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from benchmarks.hostile.book import HEAD, ROWS
from benchmarks.hostile.kinds import typed

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    "</Types>"
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
ROOT = RELATIONS.format(f'<Relationship Id="r1" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/>')
OF_BOOK = (
    f'<Relationship Id="r1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="r3" Type="{RELATION}/styles" Target="styles.xml"/>'
)
BOOK = f'<workbook {MAIN} xmlns:r="{RELATION}"><sheets><sheet name="Rencana" sheetId="1" r:id="r1"/></sheets></workbook>'
MIB = 1_048_576


def _cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


PLAN_ROWS = "".join(
    f'<row r="{n}">' + "".join(_cell(f"{chr(65 + k)}{n}", text) for k, text in enumerate(row)) + "</row>"
    for n, row in enumerate((HEAD, *ROWS), start=1)
)


def sheet(rows: str = PLAN_ROWS, before: str = "", behind: str = "") -> str:
    """Return the XML of a sheet."""
    return f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{behind}</worksheet>"


def workbook(parts: dict[str, str | bytes] | None = None, *, lie: int | None = None) -> bytes:
    """Return a workbook; `parts` take the place of its own, `lie` is what the archive says of the size of each."""
    every: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS.format(OF_BOOK),
        "xl/worksheets/sheet1.xml": sheet(),
        "xl/sharedStrings.xml": f'<sst {MAIN} count="0" uniqueCount="0"/>',
        "xl/styles.xml": f"<styleSheet {MAIN}/>",
        **(parts or {}),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in every.items():
            archive.writestr(name, content)
        if lie is not None:
            for entry in archive.filelist:
                entry.file_size = lie
    return target.getvalue()


def of_sheet(content: str) -> bytes:
    """Return a workbook of one sheet."""
    return workbook({"xl/worksheets/sheet1.xml": content})


@typed("naskah.xlsx", "read")
def workbook_as_it_should_be() -> bytes:
    """A workbook without harm, that the others are made of."""
    return workbook()


@typed("naskah.xlsx", "read", "refused", "no-plan")
def a_far_cell() -> bytes:
    """A cell in the last row and column that a sheet can have."""
    return of_sheet(sheet(PLAN_ROWS + '<row r="1048576">' + _cell("XFD1048576", "x") + "</row>"))


@typed("naskah.xlsx", "read", "refused", "no-plan")
def a_cell_far_to_the_right() -> bytes:
    """A cell in the last column, of the plan's own rows."""
    return of_sheet(sheet(PLAN_ROWS.replace("</row>", _cell("XFD1", "x") + "</row>", 1)))


@typed("naskah.xlsx", "read", "refused", "no-plan")
def a_cell_beyond_all_rows() -> bytes:
    """A cell in a row that no sheet has."""
    return of_sheet(sheet(PLAN_ROWS + '<row r="999999999">' + _cell("A999999999", "x") + "</row>"))


@typed("naskah.xlsx", "read", "refused", "no-plan")
def a_format_far_away() -> bytes:
    """A million rows that have a format, and no cell."""
    return of_sheet(sheet(PLAN_ROWS + "".join(f'<row r="{n}" ht="5"/>' for n in range(10, 500_000))))


@typed("naskah.xlsx", "read", "refused", "no-plan")
def wide_merges() -> bytes:
    """A cell that is merged over the whole sheet."""
    return of_sheet(sheet(behind='<mergeCells><mergeCell ref="A10:XFD1048576"/></mergeCells>'))


@typed("naskah.xlsx", "read", "refused", "no-plan")
def many_merges() -> bytes:
    """Fifty thousand merged places."""
    merges = "".join(f'<mergeCell ref="A{n}:Z{n + 1}"/>' for n in range(10, 100_010, 2))
    return of_sheet(sheet(behind=f"<mergeCells>{merges}</mergeCells>"))


@typed("naskah.xlsx", "read", "refused", "no-plan")
def merges_over_each_other() -> bytes:
    """Two thousand merged places that all begin in one cell."""
    merges = "".join(f'<mergeCell ref="A1:Z{n}"/>' for n in range(2, 2002))
    return of_sheet(sheet(behind=f"<mergeCells>{merges}</mergeCells>"))


@typed("naskah.xlsx", "refused")
def sheet_of_blanks() -> bytes:
    """A sheet that unpacks to 96 MiB of blanks."""
    return of_sheet(sheet(PLAN_ROWS + " " * (96 * MIB)))


@typed("naskah.xlsx", "refused", "read", "no-plan")
def sheet_that_says_it_is_small() -> bytes:
    """A sheet of 96 MiB that the archive says is of ten bytes."""
    return workbook({"xl/worksheets/sheet1.xml": sheet(PLAN_ROWS + " " * (96 * MIB))}, lie=10)


@typed("naskah.xlsx", "refused", "read", "no-plan")
def texts_without_end() -> bytes:
    """Shared texts of 200 MiB, in less than a megabyte."""
    texts = f"<sst {MAIN}>" + "<si><t>" + "x" * 1000 + "</t></si>"
    return workbook(
        {"xl/sharedStrings.xml": texts + ("<si><t>" + "x" * 1000 + "</t></si>") * 200_000 + "</sst>"}
    )


@typed("naskah.xlsx", "refused", "read", "no-plan")
def a_text_again_and_again() -> bytes:
    """A shared text of a million letters in ten thousand cells."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(10, 10_010))
    shared = f"<sst {MAIN}><si><t>{'x y ' * 250_000}</t></si></sst>"
    return workbook({"xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": sheet(PLAN_ROWS + rows)})


@typed("naskah.xlsx", "read", "refused", "no-plan")
def rows_of_a_sheet_without_end() -> bytes:
    """Two hundred thousand rows of six cells."""
    row = "<row>" + '<c t="inlineStr"><is><t>x</t></is></c>' * 6 + "</row>"
    return of_sheet(sheet(PLAN_ROWS + row * 200_000))


@typed("naskah.xlsx", "read", "refused", "no-plan")
def columns_of_a_sheet_without_end() -> bytes:
    """Three hundred rows of ten thousand empty cells."""
    return of_sheet(sheet(PLAN_ROWS + ("<row>" + "<c/>" * 10_000 + "</row>") * 300))


@typed("naskah.xlsx", "read", "refused", "no-plan")
def styles_without_end() -> bytes:
    """A million styles."""
    fonts = f"<styleSheet {MAIN}><fonts>" + "<font><sz val='9'/></font>" * 100_000 + "</fonts><cellXfs>"
    return workbook(
        {"xl/styles.xml": fonts + "<xf fontId='99999999'/>" * 300_000 + "</cellXfs></styleSheet>"}
    )


@typed("naskah.xlsx", "read", "refused", "no-plan")
def formats_that_are_long() -> bytes:
    """A number's format of a hundred thousand letters, and decimals without end."""
    format_ = "[" * 50_000 + "0." + "0" * 50_000
    styles = (
        f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="200" formatCode="{format_}"/></numFmts>'
        "<fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>"
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="200" applyNumberFormat="1"/></cellXfs></styleSheet>'
    )
    rows = PLAN_ROWS + '<row r="9"><c r="A9" s="1"><v>1.5</v></c><c r="B9" s="1"><v>1e308</v></c></row>'
    return workbook({"xl/styles.xml": styles, "xl/worksheets/sheet1.xml": sheet(rows)})


@typed("naskah.xlsx", "read", "refused", "no-plan")
def numbers_that_are_none() -> bytes:
    """Numbers beyond all numbers, dates before all days, kinds that there are not."""
    values = ("1e999", "-1e999", "nan", "9" * 5000, "x", "")
    cells = "".join(f'<c r="A{n}"><v>{value}</v></c>' for n, value in enumerate(values, start=9))
    rows = "".join(f'<row r="{n}">{cell}</row>' for n, cell in enumerate(cells.split("|"), start=9))
    kinds = '<row r="30"><c r="A30" t="d"><v>9999999</v></c><c r="B30" t="zz"><v>5</v></c><c r="C30" t="s"><v>99</v></c></row>'
    return of_sheet(sheet(PLAN_ROWS + rows + kinds))


@typed("naskah.xlsx", "read", "refused", "no-plan")
def a_shared_text_that_is_not_there() -> bytes:
    """A cell of a text beyond all texts."""
    return of_sheet(sheet(PLAN_ROWS + '<row r="9"><c r="A9" t="s"><v>-99999999999</v></c></row>'))


@typed("naskah.xlsx", "read", "refused", "no-plan")
def workbook_entities_that_double() -> bytes:
    """Entities of entities in a sheet, and one that is a file of the machine."""
    levels = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 31))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "lol">{levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return of_sheet(head + sheet(PLAN_ROWS.replace("Notula", "&e30;&f;")))


@typed("naskah.xlsx", "read", "refused", "no-plan")
def workbook_entities_of_texts() -> bytes:
    """The same in the shared texts and in the workbook itself."""
    head = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    parts: dict[str, str | bytes] = {
        "xl/sharedStrings.xml": f"{head}<sst {MAIN}><si><t>&f;</t></si></sst>",
        "xl/workbook.xml": head + BOOK,
    }
    return workbook(parts)


@typed("naskah.xlsx", "read", "refused", "no-plan")
def names_that_lead_out() -> bytes:
    """Members of the archive whose names lead out of every folder."""
    return workbook({"../../../../tmp/x": "y", "/etc/passwd": "z", "xl/../../x": "w", "\u202e.xml": "v"})


@typed("naskah.xlsx", "read", "refused", "no-plan")
def sheet_outside_of_the_archive() -> bytes:
    """A sheet that is a file of the machine."""
    relations = OF_BOOK.replace("worksheets/sheet1.xml", "../../../../../etc/passwd")
    return workbook({"xl/_rels/workbook.xml.rels": RELATIONS.format(relations)})


@typed("naskah.xlsx", "read", "refused", "no-plan")
def links_out_of_the_workbook() -> bytes:
    """Links to other workbooks and addresses."""
    out = f'<Relationship Id="r9" Type="{RELATION}/externalLink" Target="http://127.0.0.1:9/x" TargetMode="External"/>'
    book = BOOK.replace(
        "</workbook>", '<externalReferences><externalReference r:id="r9"/></externalReferences></workbook>'
    )
    return workbook({"xl/_rels/workbook.xml.rels": RELATIONS.format(OF_BOOK + out), "xl/workbook.xml": book})


@typed("naskah.xlsx", "read", "refused", "no-plan")
def formulas_in_a_workbook() -> bytes:
    """Formulas that call programs, and shared ones without end."""
    rows = '<row r="9"><c r="A9" t="str"><f>cmd|\'/C calc\'!A0</f><v>=1+1</v></c><c r="B9"><f t="shared" si="0" ref="B9:XFD99999">A1</f></c></row>'
    return of_sheet(sheet(PLAN_ROWS + rows))


@typed("naskah.xlsx", "read", "refused", "no-plan")
def names_of_a_workbook_without_end() -> bytes:
    """A hundred thousand defined names."""
    names = "".join(
        f'<definedName name="n{n}">Rencana!$A$1:$XFD$1048576</definedName>' for n in range(100_000)
    )
    return workbook(
        {"xl/workbook.xml": BOOK.replace("</workbook>", f"<definedNames>{names}</definedNames></workbook>")}
    )


@typed("naskah.xlsx", "read", "refused", "no-plan")
def a_thousand_sheets() -> bytes:
    """A thousand sheets that are all the same one."""
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, 1001))
    return workbook(
        {"xl/workbook.xml": BOOK.replace('<sheet name="Rencana" sheetId="1" r:id="r1"/>', sheets)}
    )


@typed("naskah.xlsx", "refused", "read", "no-plan")
def sheets_in_a_circle() -> bytes:
    """A workbook whose sheet is the workbook."""
    return workbook(
        {
            "xl/_rels/workbook.xml.rels": RELATIONS.format(
                OF_BOOK.replace("worksheets/sheet1.xml", "workbook.xml")
            )
        }
    )


@typed("naskah.xlsx", "refused")
def workbook_cut_off() -> bytes:
    """Half of a workbook."""
    data = workbook()
    return data[: len(data) // 2]


@typed("naskah.xlsx", "refused")
def workbook_of_nothing() -> bytes:
    """An archive with the name of a workbook's part, and nothing in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", "")
    return target.getvalue()


@typed("naskah.xlsx", "refused", "read")
def a_hundred_thousand_members() -> bytes:
    """An archive of a hundred thousand empty files."""
    target = io.BytesIO(workbook())
    with zipfile.ZipFile(target, "a") as archive:
        for n in range(65_000):
            archive.writestr(f"x{n}", "")
    return target.getvalue()


@typed("naskah.xlsx", "refused", "read")
def members_of_one_name() -> bytes:
    """An archive that holds its sheet a thousand times."""
    import warnings  # noqa: PLC0415

    target = io.BytesIO(workbook())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
            for _ in range(1000):
                archive.writestr("xl/worksheets/sheet1.xml", sheet())
    return target.getvalue()


@typed("naskah.xlsx", "refused", "read")
def members_packed_otherwise() -> bytes:
    """An archive packed by LZMA, which few programs read."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as archive,
    ):
        for name in source.namelist():
            archive.writestr(name, source.read(name))
    return target.getvalue()


@typed("naskah.xlsx", "refused", "read", "no-plan")
def tags_of_a_sheet_in_tags() -> bytes:
    """A hundred thousand tags in one another."""
    return of_sheet(
        sheet(PLAN_ROWS + "<row><c><is>" + "<r>" * 100_000 + "</r>" * 100_000 + "</is></c></row>")
    )


@typed("naskah.xlsx", "refused")
def merges_without_end_of_tag() -> bytes:
    """A tag that begins again and again and never ends, over which a pattern would go back and forth."""
    return of_sheet(sheet(behind="<mergeCells>" + "<mergeCell " * 500_000))


@typed("naskah.xlsx", "refused")
def merge_with_a_written_colon() -> bytes:
    """A merged cell over a whole sheet whose colon is written as a number."""
    return of_sheet(sheet(behind='<mergeCells><mergeCell ref="A10&#58;XFD1048576"/></mergeCells>'))


@typed("naskah.xlsx", "refused")
def merge_by_an_entity() -> bytes:
    """A merged cell over a whole sheet, named by an entity."""
    named = '<!DOCTYPE x [<!ENTITY r "A10:XFD1048576">]>'
    return of_sheet(named + sheet(behind='<mergeCells><mergeCell ref="&r;"/></mergeCells>'))


@typed("naskah.xlsx", "refused")
def merge_in_another_encoding() -> bytes:
    """A merged cell over a whole sheet in letters of a mainframe."""
    content = sheet(behind='<mergeCells><mergeCell ref="A10:XFD1048576"/></mergeCells>')
    return workbook(
        {"xl/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="cp037"?>{content}'.encode("cp037")}
    )


@typed("naskah.xlsx", "refused")
def link_over_a_sheet() -> bytes:
    """A link that covers a whole sheet."""
    return of_sheet(sheet(behind='<hyperlinks><hyperlink ref="A10:XFD1048576" location="y"/></hyperlinks>'))


@typed("naskah.xlsx", "refused")
def note_over_a_sheet() -> bytes:
    """A note that covers a whole sheet."""
    note = f'<comments {MAIN}><authors><author>x</author></authors><commentList><comment ref="A10:XFD1048576" authorId="0"><text><t>x</t></text></comment></commentList></comments>'
    target = RELATIONS.format(f'<Relationship Id="c1" Type="{RELATION}/comments" Target="../comments1.xml"/>')
    return workbook({"xl/comments1.xml": note, "xl/worksheets/_rels/sheet1.xml.rels": target})


@typed("naskah.xlsx", "refused")
def titles_of_print_without_end() -> bytes:
    """Rows and columns to be printed on each page, named fifty thousand times."""
    titles = "Rencana!$A:$XFD,Rencana!$1:$1048576," * 50_000
    named = f'<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">{titles}</definedName></definedNames>'
    return workbook({"xl/workbook.xml": BOOK.replace("</workbook>", f"{named}</workbook>")})
