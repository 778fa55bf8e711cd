"""The words of a call -> a command and its exit code. Imports nothing heavy, so that help is printed at once."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer

from lampiran.cli import options
from lampiran.cli.exits import INTERRUPTED, NO_COMMAND, exit_code_of
from lampiran.cli.texts import Texts
from lampiran.language import language_of
from lampiran.log import start_log


def show_version(asked: bool) -> None:
    """Print the version and end."""
    if asked:
        from lampiran.version import __version__

        typer.echo(f"lampiran {__version__}")
        raise typer.Exit


def start(
    context: typer.Context,
    language: options.Language = None,
    version: Annotated[  # noqa: ARG001 - its callback has done the work
        bool, typer.Option("--version", callback=show_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options before the command; without a command show the help."""
    context.obj = language
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(NO_COMMAND)


def command_of(kind: type[options.Call]) -> Callable[..., None]:
    """Return the function that the framework reads a command's options from and calls with them."""
    name = kind.__name__.lower()

    def command(context: typer.Context, **given: Any) -> None:  # noqa: ANN401 - whatever the options are
        # A list that is empty was not given.
        call = kind(**{key: value for key, value in given.items() if value != []})
        if isinstance(call, options.LoggedCall):
            start_log(call.log_level)
        texts = Texts(language_of(call.language or context.obj, os.environ))
        raise typer.Exit(import_module(f"lampiran.cli.{name}").run(call, texts))

    parameters = inspect.signature(kind, eval_str=True).parameters.values()
    shared = inspect.signature(options.LoggedCall).parameters  # they come last
    context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    ordered = [context, *sorted(parameters, key=lambda parameter: parameter.name in shared)]
    command.__signature__ = inspect.Signature(ordered)  # type: ignore[attr-defined]
    return command


def build_app(texts: Texts) -> typer.Typer:
    """Put the commands together, with their help in one language."""
    app = typer.Typer(
        name="lampiran",
        help=texts.command("main"),
        add_completion=False,
        invoke_without_command=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback(help=texts.command("main"))(start)
    for kind in options.COMMANDS:
        name = kind.__name__.lower()
        app.command(name, help=texts.command(name))(command_of(kind))
    return app


def asked_language(arguments: Sequence[str]) -> str | None:
    """Find the value of `--lang` before the call is parsed: help is printed while it is parsed."""
    for word, following in zip(arguments, (*arguments, "")[1:], strict=True):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def set_help(app: typer.Typer, texts: Texts) -> Callable[..., object]:
    """Turn the app into a command whose options carry their help in the language of `texts`."""
    group = typer.main.get_command(app)
    for command in (group, *getattr(group, "commands", {}).values()):
        for option in command.params:
            option.help = texts.option(option.name, command.name) or getattr(option, "help", None)
    return group.main


def run(arguments: Sequence[str]) -> int:
    """Run one call and return its exit code (docs/errors.md)."""
    texts = Texts(language_of(asked_language(arguments), os.environ))
    main = set_help(build_app(texts), texts)
    try:
        main(args=list(arguments), prog_name="lampiran")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - one of the two places where an error becomes an exit code
        return exit_code_of(error, texts)
    return 0
