"""What a store says of its inputs: those without a result that counts are named with their reason."""

from __future__ import annotations

import json
from pathlib import Path

from lampiran.dashboard.records import uncounted_in
from lampiran.stored import MARKER


def store(folder: Path, **records: object) -> Path:
    (folder / "records").mkdir()
    (folder / MARKER).write_text('{"format": 1}', encoding="utf-8")
    for name, record in records.items():
        (folder / "records" / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


def test_inputs_without_a_result_are_named(tmp_path: Path) -> None:
    held = store(
        tmp_path,
        a={"state": "done", "names": ["a.pdf"], "result": "a"},
        b={"state": "quarantined", "names": ["b.pdf"], "reason": {"id": "rusak", "en": "damaged"}},
        c={"state": "waiting", "names": ["c.pdf"], "reason": None},
        d={"state": "done", "names": ["d.pdf"], "result": "d", "superseded_by": "a"},
    )
    counted, left = uncounted_in([held], [held / "results/a", held / "results/d"])
    assert counted == [held / "results/a"]
    assert [(one.name, one.state, one.reason, one.beside) for one in left] == [
        ("b.pdf", "failed", ("rusak", "damaged"), ""),
        ("c.pdf", "waiting", ("", ""), ""),
        ("d.pdf", "superseded", ("", ""), "a"),
    ]


def test_a_record_that_cannot_be_read_is_named_too(tmp_path: Path) -> None:
    held = store(tmp_path)
    (held / "records" / "x.json").write_text("{", encoding="utf-8")
    assert [(one.name, one.state) for one in uncounted_in([held], [])[1]] == [("x.json", "failed")]


def test_a_folder_of_results_has_no_records(tmp_path: Path) -> None:
    assert uncounted_in([tmp_path], [tmp_path / "a"]) == ([tmp_path / "a"], [])
