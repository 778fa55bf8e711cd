"""What a store says of its inputs: those without a result that counts are named with their reason."""

from __future__ import annotations

import json
from pathlib import Path

from lampiran.dashboard.records import Recorded, recorded
from lampiran.loading import FILE
from lampiran.stored import MARKER


def written(result: Path) -> Path:
    result.mkdir(parents=True)
    (result / FILE).touch()
    return result


def store(folder: Path, **records: dict[str, object]) -> Path:
    """Write a store with records, and a folder for each result that one names."""
    (folder / "records").mkdir()
    for record in records.values():
        if isinstance(name := record.get("result"), str):
            written(folder / "results" / name)
    (folder / MARKER).write_text('{"format": 1}', encoding="utf-8")
    for name, record in records.items():
        (folder / "records" / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


def test_inputs_without_a_result_are_named(tmp_path: Path) -> None:
    said = {"id": "rusak", "en": "damaged"}
    held = store(
        tmp_path,
        a={"state": "done", "names": ["a.pdf"], "sha256": "11", "result": "a", "reason": None},
        b={
            "state": "failed",
            "names": ["/home/someone/b.pdf"],
            "sha256": "22",
            "result": None,
            "reason": said,
        },
        c={"state": "waits", "names": ["C:\\in\\c.pdf"], "sha256": "33", "result": None, "reason": None},
        d={
            "state": "superseded",
            "names": ["d.pdf"],
            "result": "d",
            "superseded_by": "11",
            "relation": "version",
        },
        e={
            "state": "superseded",
            "names": ["e.pdf"],
            "result": "e",
            "superseded_by": "11",
            "relation": "amended",
        },
        f={"state": "waits", "names": ["f.pdf"], "result": "f", "reason": said},
    )
    found = recorded([held], [held / "results" / name for name in "adef"])
    assert found.results == [held / "results/a", held / "results/f"]
    assert found.reasons[held / "results/f"] == ("rusak", "damaged")
    assert [(one.name, one.state, one.reason, one.beside) for one in found.uncounted] == [
        ("b.pdf", "failed", ("rusak", "damaged"), ""),
        ("c.pdf", "waiting", ("", ""), ""),
        ("d.pdf", "superseded", ("", ""), "a.pdf"),
        ("e.pdf", "amended", ("", ""), "a.pdf"),
    ]


def test_a_record_that_cannot_be_read_is_named_too(tmp_path: Path) -> None:
    held = store(tmp_path)
    (held / "records" / "x.json").write_text("{", encoding="utf-8")
    assert [(one.name, one.state) for one in recorded([held], []).uncounted] == [("x.json", "failed")]


def test_a_folder_of_results_has_no_records(tmp_path: Path) -> None:
    assert recorded([tmp_path], [tmp_path / "a"]) == Recorded([tmp_path / "a"])


def test_each_record_counts_once(tmp_path: Path) -> None:
    """A reading that failed leaves the folder of an earlier one; a folder can be lost; a record can be damaged."""
    held = store(
        tmp_path,
        a={"state": "done", "names": ["a.pdf"], "result": "a"},
        b={"state": "failed", "names": ["b.pdf"], "result": None},
        c={"state": "failed", "names": ["c.pdf"], "result": "c"},
        d={"state": "done", "names": ["d.pdf"], "result": "d"},
        e={"state": "waits", "names": ["e.pdf"], "result": "../a"},
    )
    (held / "results/d" / FILE).unlink()
    (held / "records" / "f.json").write_text("{", encoding="utf-8")
    left = [written(held / "results" / name) for name in ("b", "f")]
    found = recorded([held, held], [held / "results", held / "results/a", held / "results/c", *left])
    assert found.results == [held / "results/a"]
    assert [one.name for one in found.uncounted] == ["b.pdf", "c.pdf", "d.pdf", "e.pdf", "f.json"]
    assert {one.state for one in found.uncounted} == {"failed", "waiting"}
    assert found.uncounted[2].reason[1] == "The folder of its result is no longer in the store."
