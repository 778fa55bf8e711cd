"""The frozen base of all values."""

from __future__ import annotations

import pytest

from schema.findings import Message


def test_replaced_gives_another_value_and_leaves_the_first() -> None:
    first = Message.of("satu", "one")
    assert first.replace(en="uno") == Message(id="satu", en="uno")
    assert first.en == "one"


def test_replaced_refuses_a_name_that_is_no_field() -> None:
    with pytest.raises(TypeError, match="Message has no field english"):
        Message.of("satu").replace(english="one")


@pytest.mark.parametrize(("language", "said"), [("id", "satu"), ("en", "one")])
def test_a_message_is_said_in_one_language(language: str, said: str) -> None:
    assert Message.of("satu", "one").text("id" if language == "id" else "en") == said
    assert Message.of("satu").text("en") == "satu"
