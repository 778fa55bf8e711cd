"""Cards -> questions on a terminal, one after the other, and what is typed -> decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lampiran.publish.labels import label
from lampiran.review.desk import Choice, Desk
from lampiran.review.view import CardView, ShownOption, decision_label
from normalize.decisions.schedules import periods_in
from schema.choices import Language
from schema.errors import UsageError

Ask = Callable[[str], str]
Say = Callable[[str], None]
_UNREADABLE, _SKIP, _UNDO, _QUIT, _TYPE = "0", "", "u", "q", "t"


def review_on_terminal(desk: Desk, views: Sequence[CardView], language: Language, ask: Ask, say: Say) -> None:
    """Ask about each card that waits; `ask` shows a prompt and returns a line, `say` shows one.

    A number chooses an option, `0` is unreadable, anything else is a value; `t` asks for a value of whatever letters, an
    empty line leaves the card waiting, `u` takes the last decision back, `q` ends. Each decision is on the disk before the next question.
    """
    n = 0
    while n < len(views):
        view = views[n]
        if view.card.id in desk.decided():
            n += 1
            continue
        for line in card_lines(view, n + 1, len(views), language):
            say(line)
        said = ask("> ").strip()
        if said == _QUIT:
            return
        if said == _UNDO:
            undone = desk.undo()[1]
            n = next((k for k, one in enumerate(views) if one.card == undone), n)
            continue
        if said == _SKIP:
            n += 1
            continue
        try:
            typed = ask(f"{label('review', 'type').text(language)}> ").strip() if said == _TYPE else None
            if typed == "":
                continue
            choice = Choice("value", typed) if typed is not None else choice_of(said, view)
            file = desk.decide(view.card, choice)
        except UsageError as error:
            say(error.text(language))
            continue
        held = desk.decided(file)[view.card.id]
        say(f"  {label('review', 'saved').text(language)}: {decision_label(held, view.card).text(language)}")
        n += 1


def choice_of(said: str, view: CardView) -> Choice:
    """Return what a typed line chooses; of a schedule, a number is an option, and a list names periods."""
    if said == _UNREADABLE:
        return Choice("unreadable")
    if said.isdigit() and view.options:
        if int(said) > len(view.options):
            raise UsageError(
                id=f"Tidak ada pilihan {said}; sebuah bulan ditulis dengan namanya, atau sebagai {said};.",
                en=f"There is no option {said}; a single month is written by its name, or as {said};.",
            )
        return view.options[int(said) - 1].choice
    if view.card.kind is not None and periods_in(said, view.card.kind) is None:
        named = [
            p.number
            for p in view.periods
            for word in said.replace(",", " ").split()
            if word in (p.label.id, p.label.en)
        ]
        said = ";".join(map(str, named)) or said
    return Choice("value", said)


def card_lines(view: CardView, n: int, count: int, language: Language) -> list[str]:
    """Return a card as lines of text."""
    lines = ["", f"[{n}/{count}] {view.title.text(language)} · {view.where.text(language)}"]
    lines += [f"  {question.text(language)}" for question in view.questions]
    lines += [f"  {field.label.text(language)}: {field.text}" for field in view.row if field.text]
    if view.quote:
        lines.append(
            "  " + " | ".join(f">>{cell.text}<<" if cell.marked else cell.text for cell in view.quote)
        )
    elif view.card.printed and view.card.kind is None:
        lines.append(f"  {label('review', 'read').text(language)}: {view.card.printed}")
    lines += [_option(k, option, language) for k, option in enumerate(view.options, 1)]
    if view.card.subject not in ("finding", "join"):
        lines.append(f"  0  {label('review', 'unreadable').text(language)}")
    return lines


def _option(k: int, option: ShownOption, language: Language) -> str:
    return f"  {k}  {option.label.text(language)} ({option.why.text(language)})"
