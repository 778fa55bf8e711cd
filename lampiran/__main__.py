"""A call on the command line -> an exit code; the entry point of `lampiran` and `python -m lampiran`."""

from __future__ import annotations

import io
import sys

from lampiran.guard import EXIT_CODE, ShadowedError, check_stages


def main() -> int:
    """Run the command line and return its exit code (docs/errors.md)."""
    speak_any_text()
    try:
        check_stages()
    except ShadowedError as error:
        sys.stderr.write(f"lampiran: {error}\n")
        return EXIT_CODE
    from lampiran.cli.app import run

    return run(sys.argv[1:])


def speak_any_text() -> None:
    """Show a letter that the terminal lacks as an escape instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
