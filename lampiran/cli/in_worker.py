"""A call and one of its files, as a message -> what came of it: exit code, lines for stdout, sentences for stderr."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from lampiran.cli import options
from lampiran.cli.exits import failure
from lampiran.cli.inputs import Job
from lampiran.cli.readers import check_readers
from lampiran.cli.texts import Texts
from lampiran.cli.watching import Watching
from lampiran.held_file import HeldFile
from lampiran.log import start_log
from lampiran.worker.messages import Message

_COMMANDS: dict[str, type[options.Extract | options.Tables]] = {
    kind.__name__.lower(): kind for kind in (options.Extract, options.Tables)
}


def message_of(call: options.Extract | options.Tables, texts: Texts) -> Message:
    """Return a call, without its files, as a message."""
    given = TypeAdapter(type(call)).dump_python(call, mode="json", exclude={"files"})
    return {
        "command": type(call).__name__.lower(),
        "call": {**given, "files": []},
        "language": texts.language,
    }


def check(given: Message, attached: bytes, tell: Callable[[Message], None]) -> Message:
    """Find out before anything is read whether a call can be carried out; what is wrong is in `told`."""
    del attached, tell
    call, texts, module = _taken(given)
    try:
        check_readers(call.text_readers)
        module.check(call)
    except Exception as error:  # noqa: BLE001 - becomes an exit code here
        code, sentence = failure(error, texts, "lampiran")
        return {"code": code, "lines": [], "told": [sentence]}
    return {"code": 0, "lines": [], "told": []}


def work(given: Message, attached: bytes, tell: Callable[[Message], None]) -> Message:
    """Read one file and write its result; an error becomes a sentence in `told`. Raises `MemoryError`."""
    call, texts, module = _taken(given)
    path = Path(given["path"])
    if given["held"]:
        path = HeldFile.at(path, attached, on_disk=False)
    job = Job(path, Path(given["folder"]))
    try:
        code, lines = module.work(call, texts, job, Watching(tell))
    except MemoryError:
        raise  # whoever keeps the worker knows its limit
    except Exception as error:  # noqa: BLE001 - one of the places where an error becomes an exit code
        code, sentence = failure(error, texts, path)
        return {"code": code, "lines": [], "told": [sentence]}
    return {"code": code, "lines": lines, "told": []}


def _taken(given: Message) -> tuple[Any, Texts, Any]:
    """Return the call, its language, and the module that does its work."""
    call = TypeAdapter(_COMMANDS[given["command"]]).validate_python(given["call"])
    start_log(call.log_level)
    return call, Texts(given["language"]), import_module(f"lampiran.cli.{given['command']}_file")
