from pathlib import Path

import pytest

from lampiran.describe import output_page
from lampiran.publish.writing import FILE_NAMES
from schema.tables import tables

PAGE = Path(__file__).parents[3] / "docs" / "output.md"


@pytest.mark.checkout
def test_the_page_in_docs_is_the_one_the_tables_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == output_page()


def test_the_page_names_every_file_and_column() -> None:
    page = output_page()
    assert all(f"| `{name}` |" in page for name in FILE_NAMES)
    assert all(f"| `{c.name}` | {c.type} |" in page for t in tables().values() for c in t.columns)
