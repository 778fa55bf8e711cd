"""A shell's name -> the script for it that completes commands and options, on stdout."""

from __future__ import annotations

import os

from typer._completion_classes import completion_init
from typer._completion_shared import get_completion_script

from lampiran.cli.options import Completion
from lampiran.cli.terminal import give
from lampiran.cli.texts import Texts

VARIABLE = "_LAMPIRAN_COMPLETE"  # what the script asks for, and with which words, as the framework names it


def run(call: Completion, texts: Texts) -> int:
    """Print the script; nothing is installed."""
    del texts
    script = get_completion_script(prog_name="lampiran", complete_var=VARIABLE, shell=call.shell)
    give(script)
    return 0


def prepare() -> None:
    """Make the shells known, if it is a shell that asks what a word could become."""
    if VARIABLE in os.environ:
        completion_init()
