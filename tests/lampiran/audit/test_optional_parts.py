"""The core of an audit loads none of its optional parts: the ink, GriTS and TEDS, evidence packs."""

from __future__ import annotations

import subprocess
import sys

import pytest

OPTIONAL = (
    "ink.proof",
    "ink.labels",
    "figures.grits",
    "figures.teds",
    "figures.grids",
    "report.evidence_pack",
)


@pytest.mark.parametrize("core", ["lampiran.audit.audit", "lampiran.audit.report.writing"])
def test_the_core_loads_no_optional_part(core: str) -> None:
    code = f"import sys, {core}; print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {f"lampiran.audit.{part}" for part in OPTIONAL} & set(ended.stdout.split())
