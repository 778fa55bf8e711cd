"""One file and its name -> its result in a folder and what a store wants to know of it; done in a worker."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lampiran.decisions import load_decisions
from lampiran.held_file import as_path
from lampiran.log import start_log
from lampiran.page_states import PARTLY_READ, is_partly_read, numbers_of
from lampiran.pipeline import read
from lampiran.profile.reading import from_yaml
from lampiran.result import Result
from lampiran.worker.messages import Message
from normalize.preamble import slug
from schema.decisions import DecisionFile
from schema.errors import LampiranError, OutputError, UsageError
from schema.plan import Plan
from schema.system_reasons import reason_of


def work(given: Message, _attached: bytes, _tell: Callable[[Message], None]) -> Message:
    """Read one file and write its result; what is wrong with it is in the answer.

    The file's bytes are taken once: what is read is what the sha256 says, or `changed` is told. `unwritable` is an
    error that is not the decree's.
    """
    start_log(given["log_level"])
    try:
        with Path(given["path"]).open("rb") as stream:
            file = as_path(stream, name=given["name"])
    except OSError as error:
        return {"unreadable": reason_of(error).model_dump()}
    except LampiranError as error:
        return _failed(error)
    if hashlib.sha256(file.read_bytes()).hexdigest() != given["sha256"]:
        return {"changed": True}
    return _read(file, given)


def _read(file: Path, given: Message) -> Message:
    try:
        result = _result(file, given)
        result.write(
            Path(given["folder"]),
            spreadsheet_safe=given["settings"]["spreadsheet_safe"],
            crops=given["settings"]["crops"],
        )
    except OutputError as error:
        return {"unwritable": reason_of(error).model_dump()}
    except LampiranError as error:
        return _failed(error)
    except MemoryError:
        raise  # whoever keeps the worker knows its limit
    except Exception as error:  # noqa: BLE001 - one decree of many: the rest goes on
        said = f"{type(error).__name__}: {' '.join(str(error).split())}"
        id_ = f"{file}: kesalahan tak terduga ({said}); jalankan lampiran extract --log-level debug atasnya dan laporkan."
        en = f"{file}: unexpected error ({said}); run lampiran extract --log-level debug on it and report it."
        return _failed(LampiranError(id=id_, en=en))
    return _facts(result.plan, file.name)


def _result(file: Path, given: Message) -> Result:
    settings = given["settings"]
    return read(
        file,
        second_reader=settings["second_reader"],
        text_readers=settings["text_readers"],
        page_reader=settings["page_reader"],
        review_threshold=settings["review_threshold"],
        profile=from_yaml(settings["profile"]) if settings["profile"] else None,
        decisions=_decisions(given),
    )


def _decisions(given: Message) -> DecisionFile:
    """Return what people decided. Raises `UsageError` about the file in the store, of which there is a copy here."""
    try:
        return load_decisions(given["decisions"])
    except UsageError as error:
        told = error.message.model_dump()
        raise UsageError(
            **{lang: said.replace(given["decisions"], given["shown"]) for lang, said in told.items()}
        ) from error


def _failed(error: LampiranError) -> Message:
    return {"facts": {"outcome": "failed", "code": error.exit_code, "reason": error.message.model_dump()}}


def _facts(plan: Plan, name: str) -> Message:
    """Return what the store wants to know of a plan."""
    head = plan.head
    unread = [page for page in plan.pages if page.state == "not_read"]
    waits = any(finding.severity == "review" for finding in plan.findings)
    facts: dict[str, Any] = {
        "outcome": "waits" if waits or is_partly_read(plan.findings) else "done",
        "decree_id": plan.decree_id,
        "identified": all(slug(field.text) for field in (head.institution, head.number, head.year)),
        "office": head.institution.text or None,
        "number": head.number.text or None,
        "year": head.year.text or None,
        "title": head.title.text or None,
        "date": head.date.isoformat() if head.date else None,
        "rows": rows_digest(plan),
        "actions": len(plan.actions),
        "reviews": sum(action.needs_review for action in plan.actions),
        "pages": len(plan.pages),
        "unread_pages": len(unread),
    }
    if is_partly_read(plan.findings):
        which = numbers_of(plan.pages, "not_read")
        facts["code"] = PARTLY_READ
        facts["reason"] = {
            "id": f"{name}: sebagian tidak terbaca{f' (halaman {which})' if which else ''}; mintalah salinan yang utuh.",
            "en": f"{name}: a part could not be read{f' (page {which})' if which else ''}; ask for an intact copy.",
        }
    return {"facts": facts}


def rows_digest(plan: Plan) -> str:
    """Return the sha256 of what a plan says, row by row: equal for two files only if they say the same letter by letter."""
    told = hashlib.sha256()
    for placed in plan.placed():
        action = placed.action
        periods = [f"{each.period_type}{each.period}{each.state}" for each in action.schedule.periods]
        texts = (placed.area.name.text, placed.component.name.text, action.indicator.text, action.action.text)
        for text in (*texts, action.evidence.text, action.responsible.text, *periods, "\n"):
            told.update(f"{text}\0".encode())
    return told.hexdigest()
