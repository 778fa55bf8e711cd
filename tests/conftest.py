"""What all tests share: how long hypothesis looks, and where the samples lie."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import lampiran

# No deadlines: a shared machine may be slow, and no test measures time.
settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci", max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(autouse=True)
def logging_enabled() -> None:
    """Let log records through, whatever a benchmark that ran in this process has switched off."""
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the project's tree (or of the copy that is tested against the wheel)."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def program_data() -> Path:
    """The data files of the program, in the checkout or in the installed wheel, whichever is tested."""
    return Path(lampiran.__file__).parent / "data"


@pytest.fixture(scope="session")
def samples(root: Path) -> Path:
    """The folder of sample decrees."""
    return root / "samples"
