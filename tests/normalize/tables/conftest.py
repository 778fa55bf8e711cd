"""Drawn ruled tables, read and built as `lampiran tables` does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from extract.reading import read_document
from normalize import Resources
from normalize.tables import build_tables
from samples.draw.ruled import RuledTable, ruled_pdf
from schema.ruled import TableSet

Build = Callable[[Sequence[RuledTable]], TableSet]


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory, resources: Resources) -> Build:
    folder = tmp_path_factory.mktemp("ruled")

    def built(tables: Sequence[RuledTable]) -> TableSet:
        path = folder / "drawn.pdf"
        path.write_bytes(ruled_pdf(tables))
        return build_tables(read_document(path, every_table=True), resources)

    return built
