"""No name of a file and no text of a decree can act on the terminal."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import lampiran

EVIL = "\x1b]0;x\x07\u202e\n  Open: evil"
CONTROLS = {*map(chr, range(32)), "\x7f", "\x9b", "\u202e"} - {"\n"}


@pytest.mark.parametrize("quiet", [[], ["--log-level", "debug"]])
def test_the_name_of_a_file_is_shown_and_not_obeyed(tmp_path: Path, quiet: list[str], samples: Path) -> None:
    name = f"a{EVIL}.txt"
    (tmp_path / name).write_bytes((samples / "kpu-batang-2025.transcript.txt").read_bytes())
    missing = os.fsdecode(b"b\xff\x1b[2J.pdf")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LAMPIRAN_LANG": "en"}
    ended = subprocess.run(
        [sys.executable, "-m", "lampiran", "extract", name, missing, "-o", "out", *quiet],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    said = ended.stdout + ended.stderr
    assert ended.returncode == 4
    assert not CONTROLS & {*said}
    assert "a<U+001B>]0;x<U+0007><U+202E><U+000A>  Open: evil.txt" in ended.stdout
    assert "<U+DCFF>" in ended.stderr
    assert [line for line in ended.stdout.splitlines() if line.startswith("  Open: evil")] == []


def test_all_that_is_said_goes_through_one_place() -> None:
    home = Path(lampiran.__file__).parent
    said = {"print", "typer.echo", "click.echo"}
    found = [
        f"{path.relative_to(home)}:{node.lineno}"
        for path in sorted(home.rglob("*.py"))
        if path != home / "cli" / "terminal.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in said
    ]
    assert found == []
