"""The public names are pinned, and nothing heavy is loaded before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

import lampiran

HEAVY = (
    "pandas",
    "scipy",
    "numpy",
    "cv2",
    "pdfplumber",
    "camelot",
    "pypdfium2",
    "rapidocr",
    "onnxruntime",
    "rich",
    "pyhanko",
    "sqlalchemy",
    "pyarrow",
    "duckdb",
    "pg8000",
    "yaml",
)


def modules_after(code: str) -> set[str]:
    probe = f"{code}\nimport sys\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    ended = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(ended.stderr.split())


def test_public_names_are_pinned() -> None:
    assert lampiran.__all__ == [
        "InputError",
        "LampiranError",
        "NoPlanError",
        "NoTableError",
        "OutputError",
        "Result",
        "Tables",
        "UsageError",
        "__version__",
        "audit",
        "diff",
        "due",
        "load",
        "publish",
        "read",
        "read_back",
        "read_tables",
        "verify",
    ]


@pytest.mark.parametrize("name", lampiran.__all__)
def test_every_public_name_exists(name: str) -> None:
    assert getattr(lampiran, name) is not None
    assert name in dir(lampiran)


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'write'"):
        lampiran.write  # noqa: B018 - the access itself is what is tested


@pytest.mark.parametrize(
    "code",
    [
        "import lampiran",
        "import lampiran.cli.app",
        "from lampiran.cli.app import run; assert run(['--help']) == 0",
        "from lampiran.cli.app import run; assert run(['extract', '--help']) == 0",
        "from lampiran.cli.app import run; assert run(['tables', '--help']) == 0",
        "from lampiran.cli.app import run; assert run(['diff', '--help']) == 0",
        "from lampiran.cli.app import run; assert run(['verify', '--help']) == 0",
        "from lampiran.cli.app import run; assert run(['profile', '--help']) == 0",
        "from lampiran.cli.app import run; assert run(['publish', '--help']) == 0",
        "from lampiran.cli.app import run; assert run(['--version']) == 0",
    ],
)
def test_nothing_heavy_is_loaded_for_help(code: str) -> None:
    assert modules_after(code).isdisjoint(HEAVY)


def test_the_first_page_of_help_loads_no_models_either() -> None:
    modules = modules_after("from lampiran.cli.app import run; assert run(['--help']) == 0")
    assert modules.isdisjoint({"pydantic", "schema.plan", "extract.types"})


@pytest.mark.parametrize("kind", ["InputError", "NoPlanError", "NoTableError", "OutputError", "UsageError"])
def test_errors_are_kinds_of_one_error(kind: str) -> None:
    assert issubclass(getattr(lampiran, kind), lampiran.LampiranError)
