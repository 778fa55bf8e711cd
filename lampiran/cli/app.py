"""The words of a call -> a command and its exit code. Imports nothing heavy, so that help is printed at once."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer

from lampiran.cli import options
from lampiran.cli.completion import prepare
from lampiran.cli.exits import INTERRUPTED, MISUSED, exit_code_of
from lampiran.cli.framework import Command, Group, complaint
from lampiran.cli.terminal import show
from lampiran.cli.texts import Texts
from lampiran.language import language_of
from lampiran.log import start_log


class Before(NamedTuple):
    """The options before the command."""

    language: options.Language
    quiet: bool


def show_version(asked: bool) -> None:
    """Print the version and end."""
    if asked:
        from lampiran.version import __version__

        show(f"lampiran {__version__}")
        raise typer.Exit


def start(
    context: typer.Context,
    language: options.Language = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q")] = False,
    version: Annotated[  # noqa: ARG001 - its callback has done the work
        bool, typer.Option("--version", "-V", callback=show_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options before the command; without a command show the help."""
    context.obj = Before(language, quiet)
    if context.invoked_subcommand is None:
        show(context.get_help(), err=True)
        raise typer.Exit(MISUSED)


def command_of(kind: type[options.Call]) -> Callable[..., None]:
    """Return the function that the framework reads a command's options from and calls with them."""
    name = kind.__name__.lower()

    def command(context: typer.Context, **given: Any) -> None:  # noqa: ANN401 - whatever the options are
        # A list that is empty was not given.
        call = kind(**{key: value for key, value in given.items() if value != []})
        before: Before = context.obj
        if isinstance(call, options.LoggedCall):
            start_log(call.log_level)
            call = replace(call, quiet=call.quiet or before.quiet)
        texts = Texts(language_of(call.language or before.language, os.environ))
        raise typer.Exit(run_command(call, name, texts))

    parameters = inspect.signature(kind, eval_str=True).parameters.values()
    shared = inspect.signature(options.LoggedCall).parameters  # they come last
    context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    ordered = [context, *sorted(parameters, key=lambda parameter: parameter.name in shared)]
    command.__signature__ = inspect.Signature(ordered)  # type: ignore[attr-defined]
    return command


def run_command(call: options.Call, name: str, texts: Texts) -> int:
    """Run a command whose paths are there and may be read by it; return its exit code."""
    if call.reads:
        from lampiran.cli.early import checked, through_door  # loads the models

        call = through_door(call, texts)
        refused = checked(call, texts)
        if refused is not None:
            return refused
    code: int = import_module(f"lampiran.cli.{name}").run(call, texts)
    return code


def build_app(texts: Texts) -> typer.Typer:
    """Put the commands together, with their help in one language."""
    app = typer.Typer(
        name="lampiran",
        cls=Group,
        help=texts.command("main"),
        context_settings={"help_option_names": ["-h", "--help"]},
        add_completion=False,
        invoke_without_command=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback(help=texts.command("main"))(start)
    for kind in options.COMMANDS:
        name = kind.__name__.lower()
        app.command(name, cls=Command, help=texts.command(name))(command_of(kind))
    return app


def asked_language(arguments: Sequence[str]) -> str | None:
    """Find the value of `--lang` before the call is parsed: help is printed while it is parsed."""
    for word, following in zip(arguments, (*arguments, "")[1:], strict=True):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def program(texts: Texts) -> Group:
    """Return the whole command line, with help and complaints in the language of `texts`."""
    group = typer.main.get_command(build_app(texts))
    assert isinstance(group, Group)  # noqa: S101 - the class that `build_app` names
    group.texts = texts
    kinds = {kind.__name__.lower(): kind for kind in options.COMMANDS}
    for name, command in group.commands.items():
        assert isinstance(command, Command)  # noqa: S101 - the same
        command.texts, command.kind = texts, kinds[name]
    return group


def run(arguments: Sequence[str]) -> int:
    """Run one call and return its exit code (docs/errors.md)."""
    texts = Texts(language_of(asked_language(arguments), os.environ))
    prepare()
    try:
        code = program(texts).main(args=list(arguments), prog_name="lampiran", standalone_mode=False)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - one of the two places where an error becomes an exit code
        said = complaint(error, texts)
        if said is None:
            return exit_code_of(error, texts)
        show(said, err=True)
        return MISUSED
    return code if isinstance(code, int) else 0
