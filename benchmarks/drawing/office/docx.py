"""Writes a document as WordprocessingML (.docx) with the parts that a word processor writes."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZipFile

from benchmarks.drawing.office.archive import timeless
from benchmarks.drawing.office.model import Cell, Document, Paragraph, Side, Table, box_height
from benchmarks.drawing.office.tick import tick_png

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
KINDS = {"header1": "header", "footer1": "footer", "comments": "comments", "styles": "styles"}
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = {"solid": "single", "dotted": "dotted", "dashed": "dashed", "double": "double"}
SIDES: tuple[Side, ...] = ("top", "left", "bottom", "right")
TWIPS = 20  # a point's twentieths, the unit of WordprocessingML


def docx(document: Document) -> bytes:
    """Return the document as a .docx file."""
    parts = _parts(document)
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}')
        archive.writestr("word/media/tick.png", tick_png())
    return timeless(held.getvalue())


def _parts(document: Document) -> dict[str, str]:
    over = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>'
        for name, kind in KINDS.items()
    )
    links = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>'
        for name, kind in KINDS.items()
    )
    picture = f'<Relationship Id="tick" Type="{OFFICE}/image" Target="media/tick.png"/>'
    main = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>{over}</Types>'
        ),
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{main}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}{picture}</Relationships>',
        "word/styles.xml": _styles(document),
        "word/header1.xml": f"<w:hdr {SPACES}><w:p>{_watermark(document)}{_run(document.running_head)}</w:p></w:hdr>",
        "word/footer1.xml": f'<w:ftr {SPACES}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{_foot(document)}</w:p></w:ftr>',
        "word/comments.xml": _comments(document),
        "word/document.xml": f"<w:document {SPACES}><w:body>{_body(document)}{_section(document)}</w:body></w:document>",
    }


def _styles(document: Document) -> str:
    face = quoteattr(document.face)
    size = round(document.size * 2)
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii={face} w:hAnsi={face} w:cs={face}/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:val="id-ID"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults></w:styles>'
    )


def _section(document: Document) -> str:
    width, height = (round(length * TWIPS) for length in document.page)
    left, top, right, bottom = (round(length * TWIPS) for length in document.margins)
    way = ' w:orient="landscape"' if width > height else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{way}/><w:pgMar w:left="{left}" w:top="{top}" w:right="{right}"'
        f' w:bottom="{bottom}" w:header="300" w:footer="300"/></w:sectPr>'
    )


def _watermark(document: Document) -> str:
    if not document.watermark:
        return ""
    return (
        '<w:r><w:pict><v:shapetype id="t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:path textpathok="t"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="WaterMark" type="#t136" style="position:absolute;width:400pt;height:100pt;rotation:315;z-index:-1;'
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" fillcolor="silver" stroked="f"><v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;Liberation Sans&quot;;font-size:1pt" string={quoteattr(document.watermark)}/>'
        "</v:shape></w:pict></w:r>"
    )


def _foot(document: Document) -> str:
    before, *after = document.running_foot.split("#")
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return _run(before) + "".join(number + _run(text) for text in after)


def _comments(document: Document) -> str:
    notes = [
        cell.comment
        for b in document.blocks
        if isinstance(b, Table)
        for _, _, cell in b.placed()
        if cell.comment
    ]
    every = "".join(
        f'<w:comment w:id="{n}" w:author="Atasan"><w:p>{_run(note)}</w:p></w:comment>'
        for n, note in enumerate(notes[:1])
    )
    return f"<w:comments {SPACES}>{every}</w:comments>"


def _body(document: Document) -> str:
    # Two tables that touch become one: an empty paragraph keeps them apart, as Word does.
    return "".join(
        _paragraph(block, document)
        if isinstance(block, Paragraph)
        else _table(block, document.size) + "<w:p/>"
        for block in document.blocks
    )


def _run(text: str, properties: str = "") -> str:
    return (
        f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        if text
        else ""
    )


def _paragraph(paragraph: Paragraph, document: Document) -> str:
    size = round(document.size * paragraph.scale * 2)
    bold = "<w:b/>" if paragraph.bold else ""
    before = "<w:pageBreakBefore/>" if paragraph.new_page else ""
    run = _run(paragraph.text, f'{bold}<w:sz w:val="{size}"/>')
    return f'<w:p><w:pPr>{before}<w:jc w:val="{paragraph.align}"/></w:pPr>{run}</w:p>'


def _table(table: Table, size: float) -> str:
    grid = "".join(f'<w:gridCol w:w="{round(width * TWIPS)}"/>' for width in table.widths)
    margin = round(table.padding * TWIPS)
    margins = "".join(f'<w:{side} w:w="{margin}" w:type="dxa"/>' for side in SIDES)
    rows = "".join(_row(table, owners, y, size) for y, owners in enumerate(table.owners()))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{round(sum(table.widths) * TWIPS)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(table: Table, owners: list[tuple[int, int, Cell]], y: int, size: float) -> str:
    repeated = "<w:tblHeader/>" if y < table.head and table.repeat_head else ""
    whole = "" if table.cut_rows else "<w:cantSplit/>"
    cells = []
    for x, (top, left, cell) in enumerate(owners):
        if x == left:
            cells.append(_cell(cell, table, sum(table.widths[x : x + cell.columns]), size, first=top == y))
    return f"<w:tr><w:trPr>{whole}{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: Cell, table: Table, width: float, size: float, *, first: bool) -> str:
    line = table.line
    edge = f'w:val="{STYLES[line.style]}" w:sz="{max(2, round(line.width * 8))}" w:space="0" w:color="{line.colour}"'
    edges = {side: 'w:val="nil"' if side in cell.open_sides else edge for side in SIDES}
    borders = "".join(f"<w:{side} {drawn}/>" for side, drawn in edges.items())
    merge = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
    turned = '<w:textDirection w:val="btLr"/>' if cell.turned else ""
    valign = {"top": "top", "middle": "center"}[cell.valign]
    properties = (
        f'<w:tcW w:w="{round(width * TWIPS)}" w:type="dxa"/><w:gridSpan w:val="{cell.columns}"/>{merge}'
        f'<w:tcBorders>{borders}</w:tcBorders>{fill}{turned}<w:vAlign w:val="{valign}"/>'
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_texts(cell, width - 2 * table.padding, size) if first else '<w:p/>'}</w:tc>"


def _texts(cell: Cell, width: float, size: float) -> str:
    style = "<w:b/>" if cell.bold else ""
    style += f'<w:color w:val="{cell.colour}"/>'
    if cell.face:
        style = f'<w:rFonts w:ascii="{cell.face}" w:hAnsi="{cell.face}"/>' + style
    paragraph = f'<w:pPr><w:jc w:val="{cell.align}"/></w:pPr>'
    if cell.picture:
        return f"<w:p>{paragraph}<w:r>{_picture()}</w:r></w:p>"
    if cell.face:
        symbol = (
            f'<w:r><w:rPr>{style}</w:rPr><w:sym w:font="{cell.face}" w:char="{ord(cell.text):04X}"/></w:r>'
        )
        return f"<w:p>{paragraph}{symbol}</w:p>"
    note = ("", "")
    if cell.comment:
        end = '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        note = ('<w:commentRangeStart w:id="0"/>', end)
    lines = [f"<w:p>{paragraph}{note[0]}{_run(line, style)}{note[1]}</w:p>" for line in cell.text.split("\n")]
    return _box("".join(lines), cell.text, width, size) if cell.boxed else "".join(lines)


def _box(inside: str, text: str, width: float, size: float) -> str:
    # Word keeps a margin inside a text box, whatever its inset says.
    height = box_height(text, max(width - 16, 2 * size), size) + size
    shape = (
        f'<v:shape type="#_x0000_t202" style="position:absolute;margin-left:0;margin-top:0;width:{width:.0f}pt;'
        f'height:{height:.0f}pt;z-index:5" fillcolor="white" stroked="f"><v:textbox inset="0,0,0,0">'
        f"<w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape>"
    )
    return f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>"


def _picture() -> str:
    size = 8 * 12700  # 8 points in English metric units
    return (
        f'<w:drawing><wp:inline><wp:extent cx="{size}" cy="{size}"/><wp:docPr id="1" name="tick"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="tick"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="tick"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{size}" cy="{size}"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
