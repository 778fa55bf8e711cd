"""The settings of a run -> what is wrong with them, if anything; done in a worker, which loads the readers."""

from __future__ import annotations

from collections.abc import Callable

from lampiran.cli.readers import check_readers
from lampiran.profile.reading import from_yaml
from lampiran.worker.messages import Message
from schema.errors import UsageError


def work(given: Message, _attached: bytes, _tell: Callable[[Message], None]) -> Message:
    """Return `{"wrong": sentence}` for a text reader that is not installed, or a profile that is none."""
    try:
        check_readers(given["text_readers"])
        if given["profile"]:
            from_yaml(given["profile"])
    except UsageError as error:
        return {"wrong": error.message.model_dump()}
    return {}
