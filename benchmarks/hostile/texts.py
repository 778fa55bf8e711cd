"""Transcriptions that mean harm: text, Markdown, HTML, CSV and TSV."""

from __future__ import annotations

import base64

from benchmarks.hostile.book import HEAD, ROWS
from benchmarks.hostile.kinds import typed

TABLE = "\n".join("\t".join(row) for row in (HEAD, *ROWS)) + "\n"
CELLS = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in (HEAD, *ROWS))
LONG = 2_000_000


@typed("naskah.txt", "refused")
def zero_bytes_in_text() -> str:
    """A table with zero bytes here and there."""
    return TABLE.replace("Tim", "T\0im")


@typed("naskah.txt", "refused")
def zero_bytes_alone() -> bytes:
    """A hundred thousand zero bytes."""
    return b"\0" * 100_000


@typed("naskah.txt", "refused")
def controls_alone() -> bytes:
    """What moves the cursor of a terminal."""
    return b"\x1b[2J\x07\x08" * 5000


@typed("naskah.txt", "read")
def directions_of_writing() -> str:
    """Signs that turn the direction of writing, and join and hide letters."""
    return TABLE.replace("Tim", "\u202eTim\u2066\u200b\ufeff\u00ad")


@typed("naskah.txt", "read")
def lone_surrogates() -> str:
    """Halves of letters, written as if they were whole."""
    return TABLE.replace("Tim", "T\udcffim\ud800")


@typed("naskah.txt", "refused")
def letters_with_many_marks() -> str:
    """A letter with a hundred thousand accents."""
    return TABLE.replace("Notula", "N" + "\u0301" * 100_000)


@typed("naskah.txt", "read", "refused")
def utf_7() -> bytes:
    """An encoding that hides its letters."""
    return TABLE.encode("utf-7").replace(b"T", b"+AFQ-")


@typed("naskah.txt", "read", "refused")
def utf_16_cut() -> bytes:
    """Half a letter at the end."""
    return TABLE.encode("utf-16")[:-1]


@typed("naskah.txt", "read", "refused", "no-plan")
def utf_32_beyond() -> bytes:
    """Letters of numbers that no letter has."""
    return b"\xff\xfe\0\0" + b"\xff\xff\xff\x7f" * 1000


@typed("naskah.txt", "read", "refused", "no-plan")
def utf_8_overlong() -> bytes:
    """Letters written longer than they may be."""
    return TABLE.encode().replace(b"/", b"\xc0\xaf") + b"\xf8\x88\x80\x80\x80\xed\xa0\x80" * 100


@typed("naskah.txt", "read", "no-plan", "refused")
def every_byte() -> bytes:
    """All bytes but zero, again and again."""
    return bytes(range(32, 256)) * 2000


@typed("naskah.txt", "read", "no-plan", "refused")
def a_line_of_ten_megabytes() -> str:
    """A line that does not end."""
    return TABLE + "a" * 10_000_000


@typed("naskah.txt", "read", "no-plan", "refused")
def a_word_again_and_again() -> str:
    """A line of two million words."""
    return TABLE + "tim " * LONG


@typed("naskah.txt", "read", "no-plan", "refused")
def lines_without_end() -> str:
    """A million lines of a letter."""
    return TABLE + "a\n" * 1_000_000


@typed("naskah.txt", "read", "no-plan", "refused")
def empty_lines_without_end() -> str:
    """Five million empty lines."""
    return TABLE + "\n" * 5_000_000 + TABLE


@typed("naskah.txt", "read", "no-plan", "refused")
def blanks_without_end() -> str:
    """A line of two million blanks between two words."""
    return TABLE + "Menetapkan" + " " * LONG + "x\n" + TABLE


@typed("naskah.txt", "read", "no-plan", "refused")
def hyphens_without_end() -> str:
    """A line of two million hyphens that is no line of a table."""
    return "| a | b | c | d |\n" + "-" * LONG + "x\n" + "|" + "-" * LONG + "|x\n" + TABLE


@typed("naskah.txt", "read", "no-plan", "refused")
def brackets_in_text_without_end() -> str:
    """A line of opening brackets, braces and numbers."""
    return "(" * 500_000 + "1." * 500_000 + "a. " * 200_000 + "\n" + TABLE


@typed("naskah.txt", "read", "no-plan", "refused")
def words_of_ten_thousand_letters() -> str:
    """Words in each column, of digits and strokes that readers mistake for many others."""
    letters = {"Januari": "9" * 10_000, "Tim": "l" * 10_000, "Notula": "rn" * 5_000}
    table = TABLE
    for text, word in letters.items():
        table = table.replace(text, word)
    return table + "|" + "1" * 10_000 + "|" + "m" * 10_000 + "|\n"


@typed("naskah.html", "read", "no-plan", "refused")
def a_number_of_ten_thousand_digits_as_a_schedule() -> str:
    """A word of nines where a month stands, which each replacement of letters makes another one of."""
    return _page(CELLS.replace("Januari", "ker" + "9" * 10_000))


@typed("naskah.txt", "read", "no-plan", "refused")
def months_without_end() -> str:
    """A cell of a hundred thousand months."""
    return TABLE.replace("Januari", "Januari s.d. " * 100_000)


@typed("naskah.txt", "read", "no-plan", "refused")
def ranges_of_years_without_end() -> str:
    """A cell of ranges of numbers that are too large."""
    return TABLE.replace("Januari", "B1 - B" + "9" * 50_000).replace("Maret", "TW " + "I" * 50_000)


@typed("naskah.txt", "read", "no-plan", "refused")
def numerals_without_end() -> str:
    """Numbers of a hundred thousand figures, roman and not."""
    return TABLE.replace("1\t", "9" * 100_000 + "\t").replace("2\t", "M" * 100_000 + "\t")


@typed("naskah.txt", "read", "no-plan", "refused")
def preamble_without_end() -> str:
    """Twenty thousand lines of a preamble that say the same."""
    return "KEPUTUSAN KETUA KOMISI NOMOR 1 TAHUN 2025 TENTANG TIM\nMenimbang : a. bahwa\n" * 20_000 + TABLE


@typed("naskah.txt", "read", "no-plan", "refused")
def titles_without_end() -> str:
    """A hundred tables with a title each."""
    return "".join(f"AREA {n}\n{TABLE}" for n in range(100))


@typed("naskah.tsv", "read", "no-plan", "refused")
def quotes_that_do_not_end() -> str:
    """A thousand rows that begin a cell with a quotation mark and do not end it."""
    return TABLE + 'a\tb\tc\td\t"x\n' * 20_000


@typed("naskah.tsv", "read", "no-plan", "refused")
def quotes_without_end() -> str:
    """A row of a million quotation marks."""
    return TABLE + 'a\tb\tc\t"' + '"' * 1_000_001 + "\n" + ('a\tb\tc\t"' + '"' * 99_001 + "\n") * 20


@typed("naskah.tsv", "read", "no-plan", "refused")
def cells_without_end() -> str:
    """A row of a million cells."""
    return TABLE + "x\t" * 1_000_000 + "\n"


@typed("naskah.tsv", "read", "no-plan", "refused")
def rows_without_end() -> str:
    """Two hundred thousand rows of a plan."""
    return "\t".join(HEAD) + "\n" + ("\t".join(ROWS[0]) + "\n") * 200_000


@typed("naskah.md", "read", "no-plan", "refused")
def bars_without_end() -> str:
    """A line of two million bars."""
    return "|" * LONG + "\n" + "\\|" * 500_000 + "\n" + TABLE


@typed("naskah.md", "read", "no-plan", "refused")
def rulings_of_a_table_without_end() -> str:
    """A line that nearly is the ruling of a table, of 300,000 columns."""
    return (
        "| a | b | c | d |\n" + "|:--" * 300_000 + "|x\n" + "|   --" * 100_000 + "\n" + "| 1 | b | c | d |\n"
    )


@typed("naskah.md", "read", "no-plan", "refused")
def tags_in_markdown() -> str:
    """Breaks and scripts in cells."""
    row = "| 1 | a" + "<br " * 200_000 + "| <script>alert(1)</script> | =cmd|'/C calc'!A0 | d | Maret |"
    return "| " + " | ".join(HEAD) + " |\n|--|--|--|--|--|--|\n" + row + "\n"


@typed("naskah.csv", "read", "no-plan", "refused")
def quotes_of_a_csv_without_end() -> str:
    """A cell that begins and never ends."""
    return ",".join(HEAD) + '\n1,"' + "a,b\n" * 500_000


@typed("naskah.csv", "read", "no-plan", "refused")
def a_cell_of_ten_megabytes() -> str:
    """A cell of ten million letters."""
    return ",".join(HEAD) + '\n1,"' + "a" * 10_000_000 + '",c,d,e,Maret\n'


@typed("naskah.csv", "read", "no-plan", "refused")
def delimiters_without_end() -> str:
    """Rows of a hundred thousand of each delimiter."""
    return "".join(sign * 100_000 + "\n" for sign in ",;\t|") * 5 + ",".join(HEAD) + "\n"


@typed("naskah.csv", "read", "no-plan", "refused")
def delimiter_stated_oddly() -> str:
    """A delimiter that is a quotation mark, a letter, a zero byte."""
    return 'sep="\n' + ",".join(HEAD) + "\n" + "\n".join(",".join(row) for row in ROWS)


@typed("naskah.csv", "read")
def formulas_in_cells() -> str:
    """Cells that a spreadsheet would run."""
    return (
        "\n".join(",".join(row) for row in (HEAD, *ROWS))
        .replace("Notula", "=cmd|'/C calc'!A0")
        .replace("Laporan", "@SUM(1+9)*cmd")
        .replace("Dokumen", '+HYPERLINK(""http://127.0.0.1"")')
    )


@typed("naskah.csv", "read", "no-plan", "refused")
def rows_of_a_csv_without_end() -> str:
    """Half a million rows."""
    return ",".join(HEAD) + "\n" + (",".join(ROWS[1]) + "\n") * 500_000


def _page(rows: str, more: str = "") -> str:
    return f"<html><body>{more}<table>{rows}</table></body></html>"


@typed("naskah.html", "read")
def wide_spans() -> str:
    """Cells over a thousand million columns and rows."""
    return _page(CELLS.replace("<td>Tim I<", '<td colspan="1000000000" rowspan="1000000000">Tim I<'))


@typed("naskah.html", "read", "no-plan", "refused")
def many_wide_spans() -> str:
    """Ten thousand cells over two hundred columns and rows each."""
    return _page(
        CELLS + "<tr>" + '<td rowspan="200" colspan="200">x</td>' * 10_000 + "</tr>" + "<tr></tr>" * 300
    )


@typed("naskah.html", "read", "no-plan", "refused")
def spans_down_a_long_table() -> str:
    """A cell over all columns in each of twenty thousand rows."""
    return _page(CELLS + '<tr><td rowspan="200" colspan="200">x</td></tr>' * 20_000)


@typed("naskah.html", "read")
def spans_of_odd_numbers() -> str:
    """Spans of words, of fractions, of other figures and of too many."""
    odd = CELLS
    for text, span in (
        ("Tim I", "²"),
        ("Tim II", "٣"),
        ("Maret", "-5"),
        ("Juni", "9" * 5000),
        ("Januari", "1e9"),
    ):
        odd = odd.replace(f"<td>{text}<", f'<td colspan="{span}" rowspan="{span}">{text}<')
    return _page(odd)


@typed("naskah.html", "read", "no-plan", "refused")
def tags_in_tags() -> str:
    """A hundred thousand boxes in one another."""
    return _page(CELLS, "<div>" * 100_000 + "x")


@typed("naskah.html", "read", "no-plan", "refused")
def tags_in_a_cell() -> str:
    """Five thousand pieces of text in one another, in a cell."""
    return _page(CELLS.replace("Notula", "<b>" * 5000 + "Notula" + "</b>" * 5000))


@typed("naskah.html", "read", "no-plan", "refused")
def tables_in_tables() -> str:
    """Two hundred tables in one another."""
    inner = "x"
    for _ in range(200):
        inner = f"<table><tr><td>{inner}</td><td>b</td><td>c</td><td>d</td></tr></table>"
    return _page(CELLS.replace("Notula", inner), inner)


@typed("naskah.html", "read", "no-plan", "refused")
def entities_that_double() -> str:
    """Entities of entities, and one that is a file of the machine."""
    levels = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 31))
    head = f'<!DOCTYPE html [<!ENTITY e0 "lol">{levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return head + _page(CELLS.replace("Notula", "&e30;&f;"))


@typed("naskah.html", "read", "no-plan", "refused")
def inclusion_of_files() -> str:
    """Files of the machine that are to be put in."""
    parts = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    parts += '<iframe src="file:///etc/passwd"></iframe><object data="file:///etc/passwd"></object><base href="file:///">'
    return _page(CELLS, parts)


@typed("naskah.html", "read")
def scripts_in_cells() -> str:
    """Scripts, in all the ways that a page can be made to run them."""
    evil = '<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>"><script>alert(2)</script>'
    return _page(CELLS.replace("Notula", evil + base64.b64encode(b"x").decode()))


@typed("naskah.html", "read", "no-plan", "refused")
def attributes_without_end() -> str:
    """A tag of a hundred thousand attributes, and one of ten million letters."""
    many = " ".join(f"a{n}=1" for n in range(100_000))
    return _page(
        CELLS.replace("<tr>", f"<tr {many}>", 1).replace("<td>No<", '<td title="' + "x" * 9_000_000 + '">No<')
    )


@typed("naskah.html", "read", "no-plan", "refused")
def comments_without_end() -> str:
    """Comments that do not end, and half a million angle brackets."""
    return _page(CELLS) + "<" * 500_000 + "<!--" * 100_000


@typed("naskah.html", "read", "no-plan", "refused")
def rows_of_a_page_without_end() -> str:
    """A hundred thousand rows of a cell."""
    return _page(CELLS + "<tr><td>x</td></tr>" * 100_000)


@typed("naskah.html", "read", "no-plan", "refused")
def cells_of_a_page_without_end() -> str:
    """A row of two hundred thousand cells."""
    return _page(CELLS + "<tr>" + "<td>x" * 200_000 + "</tr>")


@typed("naskah.html", "read", "no-plan", "refused")
def breaks_in_a_cell_without_end() -> str:
    """A cell of half a million lines."""
    return _page(CELLS.replace("Notula", "a<br>" * 500_000))


@typed("naskah.html", "read", "no-plan", "refused")
def declared_in_another_encoding() -> bytes:
    """A page that says it is written otherwise than it is."""
    text = '<?xml version="1.0" encoding="utf-16"?><html><meta charset="utf-7">' + _page(CELLS)
    return text.encode()


@typed("naskah.txt", "read")
def what_xml_cannot_hold() -> str:
    """Signs that Unicode keeps free."""
    return TABLE.replace("Tim", "\ufffe\uffffTim\ufdd0")


@typed("naskah.md", "no-plan")
def markdown_of_a_thousand_columns() -> str:
    """No plan, and a hundred thousand cells that stand nowhere in one."""
    line = "|".join("x" for _ in range(999))
    return f"|{line}|\n|{'-|' * 999}\n" + f"|{line}|\n" * 40


@typed("naskah.csv", "refused")
def quotation_mark_left_open() -> str:
    """A mark that makes one cell of all that follows."""
    head, *rows = [",".join(row) for row in (HEAD, *ROWS)]
    return "\n".join([head, rows[0].replace(",", ',"', 1), *rows[1:]])
