"""Writes a document as flat OpenDocument text (.fodt), which LibreOffice's Writer opens."""

from __future__ import annotations

from base64 import b64encode
from xml.sax.saxutils import escape, quoteattr

from benchmarks.drawing.office.model import Cell, Document, Line, Paragraph, Side, Table, box_height
from benchmarks.drawing.office.tick import tick_png

SPACES = {
    "office": "office:1.0",
    "style": "style:1.0",
    "text": "text:1.0",
    "table": "table:1.0",
    "draw": "drawing:1.0",
    "fo": "xsl-fo-compatible:1.0",
    "svg": "svg-compatible:1.0",
}
SIDES: tuple[Side, ...] = ("top", "right", "bottom", "left")


def flat_odt(document: Document) -> bytes:
    """Return the document as one XML file."""
    return _FlatOdt(document).written()


class _FlatOdt:
    """Writes a document; its styles are named as they are met."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.styles: dict[str, str] = {}

    def written(self) -> bytes:
        document = self.document
        parts = [self._paragraph(b) if isinstance(b, Paragraph) else self._table(b) for b in document.blocks]
        body, master, page = "".join(parts), self._master(), self._page()
        names = "".join(f' xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}"' for k, v in SPACES.items())
        others = ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        first = '<style:font-face style:name="F" svg:font-family=' + quoteattr(f"'{document.face}'") + "/>"
        default = (
            '<style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2"/>'
            f'<style:text-properties style:font-name="F" fo:font-size="{document.size}pt" fo:language="id" fo:country="ID"/>'
            "</style:default-style>"
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document{names}{others} office:version="1.3"'
            ' office:mimetype="application/vnd.oasis.opendocument.text">'
            f"<office:font-face-decls>{first}</office:font-face-decls><office:styles>{default}</office:styles>"
            f"<office:automatic-styles>{page}{''.join(self.styles.values())}</office:automatic-styles>"
            f"<office:master-styles>{master}</office:master-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document>"
        ).encode()

    def _style(self, family: str, properties: str, attributes: str = "") -> str:
        """Return the name of a style with these properties."""
        key = f"{family}{attributes}{properties}"
        if key not in self.styles:
            name = f"S{len(self.styles)}"
            self.styles[key] = (
                f'<style:style style:name="{name}" style:family="{family}"{attributes}>{properties}</style:style>'
            )
        return self.styles[key].split('"', 2)[1]

    # -------------------------------------------------------------------------------------- page

    def _page(self) -> str:
        (width, height), (left, top, right, bottom) = self.document.page, self.document.margins
        way = "landscape" if width > height else "portrait"
        around = "".join(
            f'<style:{kind}-style><style:header-footer-properties fo:min-height="14pt" fo:margin-{side}="4pt"/></style:{kind}-style>'
            for kind, side in (("header", "bottom"), ("footer", "top"))
        )
        return (
            f'<style:page-layout style:name="P"><style:page-layout-properties fo:page-width="{width}pt"'
            f' fo:page-height="{height}pt" style:print-orientation="{way}" fo:margin-left="{left}pt"'
            f' fo:margin-top="{top / 2}pt" fo:margin-right="{right}pt" fo:margin-bottom="{bottom / 2}pt"/>{around}</style:page-layout>'
        )

    def _master(self) -> str:
        document = self.document
        number = "<text:page-number/>"
        head = self._watermark() + escape(document.running_head)
        foot = escape(document.running_foot).replace("#", number)
        centred = self._style("paragraph", '<style:paragraph-properties fo:text-align="center"/>')
        return (
            '<style:master-page style:name="Standard" style:page-layout-name="P">'
            f"<style:header><text:p>{head}</text:p></style:header>"
            f'<style:footer><text:p text:style-name="{centred}">{foot}</text:p></style:footer></style:master-page>'
        )

    def _watermark(self) -> str:
        if not self.document.watermark:
            return ""
        graphic = self._style(
            "graphic",
            '<style:graphic-properties draw:stroke="none" draw:fill="none" style:run-through="background"'
            ' style:wrap="run-through" style:horizontal-pos="from-left" style:vertical-pos="from-top"'
            ' style:horizontal-rel="page" style:vertical-rel="page"/>',
        )
        big = self._style("paragraph", '<style:text-properties fo:font-size="80pt" fo:color="#d0d0d0"/>')
        width, height = self.document.page
        return (
            f'<draw:custom-shape text:anchor-type="paragraph" draw:style-name="{graphic}" svg:width="400pt" svg:height="100pt"'
            f' draw:transform="rotate (0.6) translate ({width / 2 - 190:.0f}pt {height / 2 + 60:.0f}pt)">'
            f'<text:p text:style-name="{big}">{escape(self.document.watermark)}</text:p>'
            '<draw:enhanced-geometry draw:type="rectangle" svg:viewBox="0 0 21600 21600"'
            ' draw:enhanced-path="M 0 0 L 21600 0 21600 21600 0 21600 0 0 Z N"/></draw:custom-shape>'
        )

    # -------------------------------------------------------------------------------------- text

    def _paragraph(self, paragraph: Paragraph) -> str:
        breaks = ' fo:break-before="page"' if paragraph.new_page else ""
        weight = ' fo:font-weight="bold"' if paragraph.bold else ""
        style = self._style(
            "paragraph",
            f'<style:paragraph-properties fo:text-align="{paragraph.align}"{breaks}/>'
            f'<style:text-properties fo:font-size="{self.document.size * paragraph.scale:.1f}pt"{weight}/>',
        )
        return f'<text:p text:style-name="{style}">{escape(paragraph.text)}</text:p>'

    # ------------------------------------------------------------------------------------- table

    def _table(self, table: Table) -> str:
        style = self._style(
            "table",
            f'<style:table-properties style:width="{sum(table.widths):.2f}pt" table:align="left"'
            f' table:border-model="collapsing" fo:margin-bottom="8pt"/>',
        )
        columns = "".join(
            f'<table:table-column table:style-name="{self._column(width)}"/>' for width in table.widths
        )
        owners = table.owners()
        rows = [self._row(table, owners, y) for y in range(len(table.rows))]
        head, body = "".join(rows[: table.head]), "".join(rows[table.head :])
        head = f"<table:table-header-rows>{head}</table:table-header-rows>" if table.repeat_head else head
        return f'<table:table table:style-name="{style}">{columns}{head}{body}</table:table>'

    def _column(self, width: float) -> str:
        return self._style(
            "table-column", f'<style:table-column-properties style:column-width="{width:.2f}pt"/>'
        )

    def _row(self, table: Table, owners: list[list[tuple[int, int, Cell]]], y: int) -> str:
        together = "auto" if table.cut_rows else "always"
        style = self._style("table-row", f'<style:table-row-properties fo:keep-together="{together}"/>')
        cells = []
        for x, (top, left, cell) in enumerate(owners[y]):
            if (top, left) == (y, x):
                cells.append(self._cell(cell, table, sum(table.widths[x : x + cell.columns])))
            else:
                cells.append("<table:covered-table-cell/>")
        return f'<table:table-row table:style-name="{style}">{"".join(cells)}</table:table-row>'

    def _cell(self, cell: Cell, table: Table, width: float) -> str:
        borders = "".join(
            f' fo:border-{side}="{"none" if side in cell.open_sides else _border(table.line)}"'
            for side in SIDES
        )
        doubled = ' style:border-line-width="0.75pt 0.75pt 0.75pt"' if table.line.style == "double" else ""
        fill = f' fo:background-color="#{cell.fill}"' if cell.fill else ""
        style = self._style(
            "table-cell",
            f'<style:table-cell-properties{borders}{doubled}{fill} fo:padding="{table.padding}pt" style:vertical-align="{cell.valign}"/>',
        )
        spans = f' table:number-rows-spanned="{cell.rows}" table:number-columns-spanned="{cell.columns}"'
        return (
            f'<table:table-cell table:style-name="{style}"{spans} office:value-type="string">'
            f"{self._content(cell, width - 2 * table.padding)}</table:table-cell>"
        )

    def _content(self, cell: Cell, width: float) -> str:
        text = self._texts(cell)
        if cell.boxed:
            height = box_height(cell.text, width, self.document.size)
            return f"<text:p>{self._frame(f'<draw:text-box>{text}</draw:text-box>', width, height)}</text:p>"
        if cell.picture:
            image = f"<draw:image><office:binary-data>{b64encode(tick_png()).decode()}</office:binary-data></draw:image>"
            return f'<text:p text:style-name="{self._text_style(cell)}">{self._frame(image, 8, 8)}</text:p>'
        return text

    def _frame(self, inside: str, width: float, height: float) -> str:
        graphic = self._style(
            "graphic",
            '<style:graphic-properties style:wrap="none" fo:padding="0pt" fo:border="none" draw:fill="none" fo:background-color="transparent" style:vertical-pos="top"'
            ' style:vertical-rel="baseline"/>',
        )
        return (
            f'<draw:frame draw:style-name="{graphic}" text:anchor-type="as-char" svg:width="{width:.1f}pt"'
            f' svg:height="{height:.1f}pt">{inside}</draw:frame>'
        )

    def _texts(self, cell: Cell) -> str:
        style = self._text_style(cell)
        note = ""
        if cell.comment:
            note = f"<office:annotation><dc:creator>Atasan</dc:creator><text:p>{escape(cell.comment)}</text:p></office:annotation>"
        lines = cell.text.split("\n")
        return "".join(
            f'<text:p text:style-name="{style}">{note if n == 0 else ""}{escape(line)}</text:p>'
            for n, line in enumerate(lines)
        )

    def _text_style(self, cell: Cell) -> str:
        turned = ' style:text-rotation-angle="90"' if cell.turned else ""
        face = f' fo:font-family="{cell.face}" style:font-charset="x-symbol"' if cell.face else ""
        weight = "bold" if cell.bold else "normal"
        return self._style(
            "paragraph",
            f'<style:paragraph-properties fo:text-align="{cell.align}"/>'
            f'<style:text-properties fo:font-weight="{weight}" fo:color="#{cell.colour}"{face}{turned}/>',
        )


def _border(line: Line) -> str:
    width = max(line.width, 2.25) if line.style == "double" else line.width
    return f"{width}pt {line.style} #{line.colour}"
