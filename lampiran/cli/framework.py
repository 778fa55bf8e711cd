"""A call that makes no sense, or that asks for help -> our own words for it.

The framework's own sentences are English and change with its versions, so none is shown: a page of help is laid out
by `help_page`, and an error is told by its kind.
"""

from __future__ import annotations

from difflib import get_close_matches

from typer.core import TyperCommand, TyperGroup

from lampiran.cli.accepted import accepted
from lampiran.cli.help_page import Framework, name_of, write_page, write_usage
from lampiran.cli.options import Call
from lampiran.cli.texts import Texts


class CallError(Exception):
    """A call that cannot be understood, by the key of its sentence and what fills it; `context` is where."""

    def __init__(self, key: str, context: Framework, **values: object) -> None:
        super().__init__(key)
        self.key, self.context, self.values = key, context, values


class Command(TyperCommand):
    """A command that speaks the user's language."""

    texts: Texts
    kind: type[Call]

    def format_help(self, ctx: Framework, formatter: Framework) -> None:
        """Write the page of help."""
        write_page(ctx, formatter, self.kind, self.texts)

    def format_usage(self, ctx: Framework, formatter: Framework) -> None:
        """Write how the command is called."""
        write_usage(ctx, formatter, self.kind, self.texts)

    def parse_args(self, ctx: Framework, args: list[str]) -> list[str]:
        """Read the options and arguments. Raises `CallError` for words that are left over."""
        ctx.allow_extra_args = True
        rest = placed(super().parse_args, ctx, args)
        if rest and not ctx.resilient_parsing:
            raise CallError("call_extra", ctx, given=" ".join(map(str, rest)))
        return rest


class Group(TyperGroup):
    """The program, as its commands."""

    texts: Texts
    kind: type[Call] = Call

    def format_help(self, ctx: Framework, formatter: Framework) -> None:
        """Write the page of help."""
        write_page(ctx, formatter, self.kind, self.texts)

    def format_usage(self, ctx: Framework, formatter: Framework) -> None:
        """Write how the program is called."""
        write_usage(ctx, formatter, self.kind, self.texts)

    def parse_args(self, ctx: Framework, args: list[str]) -> list[str]:
        """Read the options before the command."""
        return placed(super().parse_args, ctx, args)

    def resolve_command(self, ctx: Framework, args: list[str]) -> Framework:
        """Find a command by its name. Raises `CallError` for an unknown one."""
        if ctx.resilient_parsing or args[0] in self.commands:
            return super().resolve_command(ctx, args)
        like = get_close_matches(args[0], self.commands)
        raise CallError(
            "call_command_like" if like else "call_command", ctx, name=args[0], like=", ".join(like)
        )


def placed(parse: Framework, context: Framework, args: list[str]) -> list[str]:
    """Parse words, and give an error the context that it is about where it has none."""
    try:
        rest: list[str] = parse(context, args)
    except Exception as error:
        if getattr(error, "ctx", context) is None:
            error.ctx = context  # type: ignore[attr-defined]
        raise
    return rest


def complaint(error: Exception, texts: Texts) -> str | None:
    """Return how to call a command and what is wrong with the call; `None` for an error of another kind."""
    if isinstance(error, CallError):
        return _told(error.context, texts.say(error.key, **error.values), texts)
    context = getattr(error, "ctx", None)
    if context is None or not hasattr(error, "format_message"):
        return None
    return _told(context, _sentence(error, context, texts), texts)


def _told(context: Framework, sentence: str, texts: Texts) -> str:
    command = context.command_path
    return "\n".join([context.get_usage(), sentence, texts.say("call_help", command=command)])


def _sentence(error: Framework, context: Framework, texts: Texts) -> str:
    """Say what is wrong, by the kind of the framework's error."""
    command: Framework = context.command
    kind = type(error).__name__
    if kind == "NoSuchOption":
        like = ", ".join(sorted(error.possibilities or ()))
        return texts.say("call_option_like" if like else "call_option", name=error.option_name, like=like)
    if kind == "BadOptionUsage":
        param = next((one for one in command.params if error.option_name in one.opts), None)
    else:
        param = getattr(error, "param", None)
    if param is None:
        return str(error.format_message())
    name = name_of(param, command.kind, texts)
    if kind == "MissingParameter":
        return texts.say(f"call_missing_{param.param_type_name}", name=name)
    if kind == "BadOptionUsage" and param.is_flag:
        return texts.say("call_flag", name=name)
    key = "call_no_value" if kind == "BadOptionUsage" else "call_value"
    return texts.say(key, name=name, accepted=accepted(command.kind, param.name).words(texts))
