"""What messages of findings are filled with."""

from __future__ import annotations

import pytest

from schema.catalogue import catalogue, make_finding


def test_fields_that_a_finding_names_are_words_in_both_languages() -> None:
    finding = make_finding("action-fragment", rule="build-rows", value="component, indicator")
    assert "Komponen, Indikator" in finding.message.id
    assert "Component, Indicator" in finding.message.en
    assert "a | b" in make_finding("action-fragment", rule="build-rows", value="a | b").message.en


@pytest.mark.parametrize("code", catalogue())
def test_what_is_not_known_is_a_dash_and_no_word_of_the_program(code: str) -> None:
    try:
        message = make_finding(code, rule="read-page").message
    except KeyError:
        return  # it has places of its own, which no caller leaves out
    assert "None" not in message.en + message.id
