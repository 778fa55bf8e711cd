"""A result with doubts that every test gets as a copy of its own, and what the decree really says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import lampiran
from lampiran.review.card import Card
from lampiran.review.desk import Choice, Desk
from lampiran.review.opening import open_desk

NAME = "kpu-batang-2025.transcript"
Truth = dict[tuple[int, str, int], dict[str, Any]]


@pytest.fixture(scope="session")
def read_once(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample transcription's result, made once."""
    folder = tmp_path_factory.mktemp("read") / NAME
    lampiran.read(samples / f"{NAME}.txt").write(folder)
    return folder


@pytest.fixture(scope="session")
def scan_source(samples: Path) -> Path:
    """A scan whose months lie under a stamp and a signature."""
    return samples / "kpu-contoh-2024.scan.pdf"


@pytest.fixture(scope="session")
def scan_once(scan_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scan's result, made once; nothing may be changed in it or beside it."""
    folder = tmp_path_factory.mktemp("scan") / "scan"
    lampiran.read(scan_source).write(folder)
    return folder


@pytest.fixture
def scan_desk(scan_once: Path, scan_source: Path, tmp_path: Path) -> Desk:
    """The desk of a copy of the scan's result."""
    return open_desk(Path(shutil.copytree(scan_once, tmp_path / "scan")), source=scan_source)


@pytest.fixture
def result(read_once: Path, tmp_path: Path) -> Path:
    """A result's folder that a test may change."""
    return Path(shutil.copytree(read_once, tmp_path / NAME))


@pytest.fixture
def desk(result: Path) -> Desk:
    return open_desk(result)


@pytest.fixture(scope="session")
def truth(samples: Path) -> Truth:
    """The decree's actions by area, component and position."""
    found = json.loads((samples / "kpu-batang-2025.truth.json").read_text(encoding="utf-8"))
    return {
        (area["no"], component["no"], position): {
            **action,
            "component": component["name"],
            "component_no": component["no"],
        }
        for area in found["areas"]
        for component in area["components"]
        for position, action in enumerate(component["actions"], 1)
    }


@pytest.fixture(scope="session")
def right_choice(truth: Truth) -> Callable[[Desk, Card], Choice]:
    """What a person who has the paper says about a card of the sample."""

    def chosen(desk: Desk, card: Card) -> Choice:
        row = card.targets[0].row
        assert row is not None
        item = list(desk.plan.placed())[row]
        action = truth[item.area.number, item.component.number.text.strip(". "), item.action.position]
        if card.kind is not None:
            return Choice("value", ";".join(map(str, action["months"])) or "-")
        assert card.text == action[card.field]
        return Choice("as-read")

    return chosen
