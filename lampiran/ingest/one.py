"""One distinct input -> its result and its record in a store; runs wherever there is a worker: here or on another machine.

It can be done twice, or by two at once: equal bytes are put in the place of equal bytes.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, TypedDict

from lampiran.ingest.executors import threads_here
from lampiran.ingest.opening import open_store
from lampiran.ingest.record import Record
from lampiran.ingest.sources import Source, printable, unreadable
from lampiran.ingest.stores import Store, unwritable
from lampiran.publish.slug import slug_of
from lampiran.stored import RESULTS
from lampiran.worker.loss import Loss
from lampiran.worker.messages import Message
from lampiran.worker.pool import POOL
from lampiran.worker.process import Limits
from schema.errors import LampiranError
from schema.findings import Message as Sentence
from schema.system_reasons import reason_of

DIGITS = 8
Read = dict[str, Any]


class Task(TypedDict):
    """What is needed to read one input on any machine; `base` is what its record says already.

    `beside` is how many inputs are read there at a time, where that is known to who hands them out.
    """

    store: str
    source: str
    base: dict[str, Any]
    settings: dict[str, Any]
    memory: int
    seconds: int
    beside: int | None
    log_level: str


def fingerprint(name: str) -> tuple[str, int] | dict[str, str]:
    """Return the sha256 and the size of an input, or one sentence about why it cannot be read."""
    try:
        return Source(name).fingerprint()
    except OSError as error:
        return unreadable(name, reason_of(error)).model_dump()


def ingested(task: Task) -> dict[str, Any]:
    """Read an input and put its result and its record into the store; return the record.

    Instead of it `{"unusable": sentence}` for an input that cannot be taken now, and `{"unwritable": sentence}` where the
    store cannot be written: errors of ours do not travel between machines. Raises `Loss` where the work was stopped.
    """
    try:
        return _ingested(task)
    except LampiranError as error:
        return {"unwritable": error.message.model_dump()}


def _ingested(task: Task) -> dict[str, Any]:
    store = open_store(task["store"])
    source = Source(task["source"])
    sha256 = str(task["base"]["sha256"])
    name = f"{slug_of(Path(printable(source.file)).stem)}-{sha256[:DIGITS]}"
    with store.staged() as staged:
        decisions = store.read(f"{RESULTS}/{name}.decisions.json")
        if decisions is not None:
            (staged / "decisions.json").write_bytes(decisions)
        made = _made(task, source, staged, name)
        if "unreadable" in made:
            return {"unusable": unreadable(source.name, Sentence(**made["unreadable"])).model_dump()}
        if "changed" in made:
            return {"unusable": _changed(printable(source.name))}
        if "unwritable" in made:
            raise unwritable(store.address, Sentence(**made["unwritable"]))
        kept = hashlib.sha256(decisions).hexdigest() if decisions is not None else None
        given = {**task["base"], **made["facts"], "state": made["facts"]["outcome"], "decisions": kept}
        record = Record.model_validate(given)
        if (staged / "result").is_dir():
            store.place(name, staged / "result")
            record = record.replace(result=name)
    return put(store, record).model_dump(mode="json")


def put(store: Store, record: Record) -> Record:
    """Write a record and return it."""
    store.write(record.key, record.to_json())
    return record


def _made(task: Task, source: Source, staged: Path, name: str) -> Message:
    """Return what a worker makes of the input; a lost worker is a fact about it."""
    try:
        with source.local(staged) as path:
            given = {
                "path": str(path.absolute()),
                "name": printable(source.file),
                "sha256": task["base"]["sha256"],
                "folder": str(staged / "result"),
                "decisions": str(staged / "decisions.json") if (staged / "decisions.json").exists() else None,
                "shown": f"{task['store'].rstrip('/')}/{RESULTS}/{name}.decisions.json",
                "settings": task["settings"],
                "log_level": task["log_level"],
            }
            limits = Limits(
                memory=task["memory"], seconds=task["seconds"], beside=task["beside"] or threads_here()
            )
            return POOL.do("lampiran.ingest.reading:work", given, limits=limits, told=_heard)
    except OSError as error:
        return {"unreadable": reason_of(error).model_dump()}
    except Loss as loss:
        if loss.cause == "stopped":
            raise
        lost = loss.about(printable(source.file))
        return {"facts": {"outcome": "failed", "code": lost.exit_code, "reason": lost.message.model_dump()}}


def _heard(message: Message) -> None:
    """Hand on lines of a worker's log."""
    if message.get("kind") == "text":
        os.write(2, str(message.get("text", "")).encode("utf-8", "replace"))


def _changed(name: str) -> dict[str, str]:
    return {
        "id": f"{name}: berubah ketika sedang dibaca; jalankan lagi bila berkasnya sudah utuh.",
        "en": f"{name}: it changed while it was being read; run again when the file is complete.",
    }
