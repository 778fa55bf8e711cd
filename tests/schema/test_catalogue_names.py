"""Findings that name fields do so in words."""

from __future__ import annotations

from schema.catalogue import make_finding


def test_fields_that_a_finding_names_are_words_in_both_languages() -> None:
    finding = make_finding("action-fragment", rule="build-rows", value="component, indicator")
    assert "Komponen, Indikator" in finding.message.id
    assert "Component, Indicator" in finding.message.en
    assert "a | b" in make_finding("action-fragment", rule="build-rows", value="a | b").message.en
