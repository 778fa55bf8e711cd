"""Where the benchmarks find the project's own files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from schema.confusions import confusions as table_of_confusions

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
DATA = ROOT / "lampiran" / "data"


def truth(name: str) -> dict[str, Any]:
    """Return a sample's truth file as parsed JSON."""
    parsed: dict[str, Any] = json.loads((SAMPLES / f"{name}.truth.json").read_text(encoding="utf-8"))
    return parsed


def truths() -> dict[str, dict[str, Any]]:
    """Return the truth files of all samples by file name."""
    return {path.name: json.loads(path.read_text("utf-8")) for path in sorted(SAMPLES.glob("*.truth.json"))}


def confusions() -> list[tuple[str, str]]:
    """Return the program's confusions of letters: what a reader sees, and what was printed."""
    return [(row["seen"], row["meant"]) for row in table_of_confusions()["pairs"]]
