from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.transcript import read_transcript
from extract.types import Extraction
from schema.provenance import Source


@pytest.fixture(scope="session")
def read() -> Callable[[str | bytes], Extraction]:
    """Read a transcription given as text (UTF-8) or as bytes."""

    def read_bytes(content: str | bytes) -> Extraction:
        data = content.encode() if isinstance(content, str) else content
        digest = hashlib.sha256(data).hexdigest()
        source = Source(name="plan.txt", sha256=digest, media_type="text/plain", size=len(data))
        return read_transcript(Path("plan.txt"), data, source)

    return read_bytes
