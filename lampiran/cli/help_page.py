"""A command and its context -> its page of help in the user's language, every word of it our own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from lampiran.cli.accepted import accepted
from lampiran.cli.options import Call
from lampiran.cli.texts import Texts
from lampiran.language import number

# Contexts, parameters and formatters of the framework, whose classes move from version to version.
Framework: TypeAlias = Any


@cache
def examples() -> dict[str, list[dict[str, str]]]:
    """Return the examples of each command: a `line`, and what it does in each language."""
    return tomllib.loads(files("lampiran.cli").joinpath("examples.toml").read_text(encoding="utf-8"))


def usage_words(context: Framework, kind: type[Call], texts: Texts) -> str:
    """Return what follows the command's name on the line that says how it is called."""
    command = context.command
    pieces = [texts.say("help_options_placeholder")]
    pieces += [
        _argument(param, kind, texts) for param in command.params if param.param_type_name == "argument"
    ]
    if hasattr(command, "commands"):
        pieces.append(texts.say("help_command_placeholder"))
    return " ".join(pieces)


def write_usage(context: Framework, formatter: Framework, kind: type[Call], texts: Texts) -> None:
    """Write the line that says how a command is called."""
    prefix = f"{texts.say('help_usage')}: "
    formatter.write_usage(context.command_path, usage_words(context, kind, texts), prefix=prefix)


def write_page(context: Framework, formatter: Framework, kind: type[Call], texts: Texts) -> None:
    """Write the whole page: the call, what it does, arguments, options, commands, examples and exit codes."""
    command = context.command
    write_usage(context, formatter, kind, texts)
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(command.help)
    params = command.get_params(context)
    _section(formatter, texts.say("help_arguments"), _rows(params, "argument", kind, command.name, texts))
    _section(formatter, texts.say("help_options"), _rows(params, "option", kind, command.name, texts))
    commands = getattr(command, "commands", {})
    _section(formatter, texts.say("help_commands"), ((name, one.help) for name, one in commands.items()))
    _examples(formatter, command.name, texts)
    codes = ((str(code), texts.code(code, command.name)) for code in kind.exit_codes)
    _section(formatter, texts.say("help_exit_codes"), codes)


def name_of(param: Framework, kind: type[Call], texts: Texts) -> str:
    """Return the name that a person knows a parameter by: an option's longest, an argument's placeholder."""
    if param.param_type_name == "argument":
        return placeholder(param, kind, texts)
    return str(max(param.opts, key=len))


def placeholder(param: Framework, kind: type[Call], texts: Texts) -> str:
    """Return what stands for the value of a parameter, in the user's language: `FILE.zip`, `BERKAS.zip`."""
    if not param.metavar:
        return accepted(kind, param.name).placeholder(param.name)
    word, dot, ending = str(param.metavar).partition(".")
    return texts.placeholder(word) + dot + ending


def _argument(param: Framework, kind: type[Call], texts: Texts) -> str:
    shown = placeholder(param, kind, texts) + ("..." if param.nargs != 1 else "")
    return shown if param.required else f"[{shown}]"


def _rows(
    params: Framework, which: str, kind: type[Call], command: str, texts: Texts
) -> Iterator[tuple[str, str]]:
    """Yield the names and the help of each argument, or of each option."""
    for param in params:
        if param.param_type_name != which:
            continue
        name = "help" if "--help" in param.opts else param.name
        help_text = texts.option(name, command) or ""
        if which == "argument":
            yield placeholder(param, kind, texts), help_text
            continue
        names = ", ".join([*sorted(param.opts, key=len), *param.secondary_opts])
        if not param.is_flag:
            names += f" {placeholder(param, kind, texts)}"
            if param.show_default and param.default is not None:
                shown = getattr(param.default, "value", param.default)
                shown = number(shown, texts.language) if isinstance(shown, float) else shown
                help_text += f" [{texts.say('help_default', value=shown)}]"
        yield names, help_text


def _section(formatter: Framework, title: str, rows: Iterator[tuple[str, str]]) -> None:
    if told := list(rows):
        with formatter.section(title):
            formatter.write_dl(told)


def _examples(formatter: Framework, command: str, texts: Texts) -> None:
    if told := examples().get(command):
        with formatter.section(texts.say("help_examples")):
            for one in told:
                formatter.write(f"{'':>{formatter.current_indent}}{one['line']}\n")
                with formatter.indentation(), formatter.indentation():
                    formatter.write_text(one[texts.language])
