"""A call with files -> a summary or a line of JSON about the signatures of each, and one exit code."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path

from lampiran.cli.exits import DONE, FAILED_ON_REQUEST, attempt, worst
from lampiran.cli.options import Verify
from lampiran.cli.summary import print_summary
from lampiran.cli.terminal import give
from lampiran.cli.texts import Texts
from lampiran.cli.verdicts import verification_lines
from lampiran.verify.requirements import require_parts


def run(call: Verify, texts: Texts) -> int:
    """Verify every file and return the exit code of the call.

    3 where a signature is broken, cannot be checked, or its file was changed in a way that is not permitted; with
    `require_valid` also where a file has no signature or one that is not confirmed. A file that cannot be read is
    reported on stderr, and the rest goes on. Raises `UsageError` if the parts are not installed or the
    certificates to trust cannot be read.
    """
    require_parts()
    from lampiran.verify.trust import load_trust
    from lampiran.verify.verify import today, verify_with

    store = load_trust(call.trust or ())
    at: datetime.date = call.at.date() if call.at else today()

    def verified(path: Path) -> int:
        found = verify_with(path, store, at)
        if not call.as_json:
            print_summary(call, verification_lines(found, path, texts))
        elif not call.quiet:
            give(found.model_dump_json())
        return DONE if (found.confirmed if call.require_valid else found.intact) else FAILED_ON_REQUEST

    return worst(attempt(path, partial(verified, path), texts) for path in dict.fromkeys(call.files))
