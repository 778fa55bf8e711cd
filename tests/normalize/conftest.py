from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.transcript import read_transcript
from extract.types import Extraction
from lampiran.resources import load_resources
from normalize import Resources, build_plan
from schema.plan import Plan
from schema.provenance import Source


@pytest.fixture(scope="session")
def resources() -> Resources:
    return load_resources()


def extraction_of(text: str, name: str = "transcript.txt") -> Extraction:
    data = text.encode()
    source = Source(
        name=name, sha256=hashlib.sha256(data).hexdigest(), media_type="text/plain", size=len(data)
    )
    return read_transcript(Path(name), data, source)


@pytest.fixture(scope="session")
def plan_of(resources: Resources) -> Callable[[str], Plan]:
    """Read a transcription given as text."""
    return lambda text: build_plan(extraction_of(text), resources)


@pytest.fixture(scope="session")
def truths(samples: Path) -> dict[str, Any]:
    return {
        path.name.split(".")[0]: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(samples.glob("*.truth.json"))
    }
