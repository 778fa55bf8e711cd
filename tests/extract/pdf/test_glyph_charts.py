from __future__ import annotations

from extract.pdf.glyphs import printed_text


def test_a_sign_of_the_symbol_font_without_unicode_is_read_by_its_chart() -> None:
    assert printed_text("(cid:214)", "Symbol") == ("√", True)


def test_a_placeholder_in_a_font_of_letters_stays_unknown() -> None:
    assert printed_text("(cid:214)", "ABCDEF+Times-Roman") == ("(cid:214)", False)


def test_a_code_that_no_chart_explains_stays_unknown() -> None:
    assert printed_text("(cid:255)", "Symbol") == ("(cid:255)", False)
