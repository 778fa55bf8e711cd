"""A publisher in a process of its own, which kills itself before the statement it is told: `publisher.py RESULTS TARGET N`."""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from typing import Any

import sqlalchemy as sa

from lampiran.cli.app import run


def main() -> int:
    """Publish; N counts statements from 1, 0 kills nobody."""
    results, target, last = sys.argv[1:4]
    statements = count(1)

    def before(*_: Any) -> None:
        if next(statements) == int(last):
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(sa.Engine, "before_cursor_execute", before)
    sa.event.listen(sa.Engine, "commit", before)
    code = run(["publish", results, "--to", target, "--lang", "en"])
    print(f"statements {next(statements) - 1}")
    return code


if __name__ == "__main__":
    sys.exit(main())
