"""Signed files made in the test: an authority of its own, and the folder of helpers on the path."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from signing import Authority, drawn


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority("Test Authority")


@pytest.fixture(scope="session")
def stranger() -> Authority:
    return Authority("Other Authority")


@pytest.fixture(scope="session")
def plain() -> bytes:
    """Two drawn pages without a signature."""
    return drawn("Keputusan", "Lampiran")


@pytest.fixture
def trusted(authority: Authority, tmp_path: Path) -> Path:
    """A file with the authority's certificate, as it is given with --trust."""
    path = tmp_path / "authority.pem"
    path.write_bytes(authority.pem())
    return path


@pytest.fixture(scope="session")
def real_signed() -> Path:
    """A regulation with four signatures; it lies outside the project, where LAMPIRAN_REAL_DIR says."""
    folder = os.environ.get("LAMPIRAN_REAL_DIR")
    path = Path(folder) / "permenpan-rb-5-2024-signed.pdf" if folder else None
    if path is None or not path.is_file():
        pytest.skip("LAMPIRAN_REAL_DIR does not hold permenpan-rb-5-2024-signed.pdf")
    return path
