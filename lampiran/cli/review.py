"""A call with a result -> its doubts decided on a local page, in a workbook or here, and the result made again."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from pathlib import Path

from lampiran.cli.exits import DONE, FAILED_ON_REQUEST, tell
from lampiran.cli.options import Review
from lampiran.cli.summary import written_lines
from lampiran.cli.terminal import show
from lampiran.cli.texts import Texts
from lampiran.decisions import change_decisions, load_decisions
from lampiran.publish.atomic_folder import place_file
from lampiran.publish.quotes import Quotes
from lampiran.review.desk import Desk, frequent_confusions
from lampiran.review.ledger import merged
from lampiran.review.opening import open_desk, renew
from lampiran.review.view import CardView, card_views
from schema.decisions import DecisionFile
from schema.errors import OutputError, UsageError

Say = Callable[[str], None]


def run(call: Review, texts: Texts) -> int:
    """Let people decide what waits in a result, then make the result again with the decisions.

    Returns 3 if rows of a workbook could not be used or decisions of two people differ, else 0.
    """
    asked = {
        "--export": call.export,
        "--import": call.import_,
        "--merge": call.merge,
        "--terminal": call.terminal,
    }
    if len([name for name, value in asked.items() if value]) > 1:
        raise UsageError(**texts.both("schema_one", names=", ".join(asked)))
    say: Say = _silent if call.quiet else show
    folder = call.result if call.result.is_dir() else call.result.parent
    desk = open_desk(call.result, source=call.source, by=call.by or "")
    views = card_views(desk.cards, desk.plan, Quotes(desk.extraction))
    if desk.source is None and desk.plan.source.page_count:
        tell(texts.say("review_no_source", name=desk.plan.source.name))
    if call.export is not None:
        _export(call.export, desk, views, texts, say, force=call.force)
        return DONE
    before, code = load_decisions(desk.path), DONE
    if call.merge:
        code = _merge(call.merge, desk, texts, say)
    elif call.import_ is not None:
        code = _import(call.import_, desk, views, texts, say)
    elif not desk.cards:
        say(texts.say("review_nothing"))
    elif call.terminal:
        _ask_here(desk, views, texts)
    else:
        _serve(call, desk, texts)
    after = load_decisions(desk.path)
    _tell(desk, after, texts, say)
    if after != before or _is_older(desk, folder):
        _renew(desk, folder, texts, say, spreadsheet_safe=call.spreadsheet_safe)
    return code


def _silent(_: str) -> None:
    """Say nothing: what a call for quiet asks."""


def _export(
    path: Path, desk: Desk, views: tuple[CardView, ...], texts: Texts, say: Say, *, force: bool
) -> None:
    from lampiran.review.pictures import card_pictures  # draws pages
    from lampiran.review.sheet import review_workbook

    if path.exists() and not force:
        raise OutputError(**texts.both("review_exists", path=path))
    pictures = card_pictures(desk.cards, desk.plan, desk.source, desk.extraction.pages, texts.language)
    place_file(path, review_workbook(views, desk, pictures, texts.language))
    say(texts.say("review_exported", path=path, count=len(views), waiting=len(desk.waiting())))


def _import(path: Path, desk: Desk, views: tuple[CardView, ...], texts: Texts, say: Say) -> int:
    from lampiran.review.sheet import read_workbook

    answers, wrong = read_workbook(path, desk, views)
    for answer in answers:
        desk.decide(answer.card, answer.choice, by=answer.by or None)
    for error in wrong:
        tell(error.text(texts.language))
    say(texts.say("review_imported", path=path, count=len(answers)))
    return FAILED_ON_REQUEST if wrong else DONE


def _merge(paths: list[Path], desk: Desk, texts: Texts, say: Say) -> int:
    others = [_other(path, desk, texts) for path in paths]
    for path, other in zip(paths, others, strict=True):
        found: list[int] = []

        def change(file: DecisionFile, other: DecisionFile = other, found: list[int] = found) -> DecisionFile:
            made, new = merged(file, other)
            found.append(new)
            return made

        change_decisions(desk.path, change)
        say(texts.say("review_merged", path=path, count=found[0]))
    conflicts = load_decisions(desk.path).conflicts
    for conflict in conflicts:
        said = "; ".join(f"{one.by or '?'}: {one.value or one.verdict}" for one in conflict)
        text = conflict[0].row.texts.get("action", "") if conflict[0].row else conflict[0].printed
        tell(texts.say("review_conflict", field=conflict[0].field, text=text[:80], said=said))
    return FAILED_ON_REQUEST if conflicts else DONE


def _other(path: Path, desk: Desk, texts: Texts) -> DecisionFile:
    """Load another person's decisions; those about another decree are refused."""
    if not path.exists():
        raise UsageError(**texts.both("review_no_file", path=path))
    other = load_decisions(path)
    about = {decision.sha256 for decision in other.decisions}
    if about and desk.plan.source.sha256 not in about and other.decree_id != desk.plan.decree_id:
        raise UsageError(**texts.both("review_other_decree", path=path, decree=other.decree_id))
    return other


def _ask_here(desk: Desk, views: tuple[CardView, ...], texts: Texts) -> None:
    from lampiran.review.terminal import review_on_terminal

    show(texts.say("review_terminal"))
    try:
        review_on_terminal(desk, views, texts.language, input, show)
    except (EOFError, KeyboardInterrupt):
        show("")


def _serve(call: Review, desk: Desk, texts: Texts) -> None:
    try:
        from lampiran.review.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn"):
            raise
        raise UsageError(**texts.both("review_extra", result=call.result)) from error

    def started(address: str) -> None:
        show(texts.say("review_open", address=address, waiting=len(desk.waiting())))
        if call.browser:
            webbrowser.open(address)

    try:
        serve(
            desk,
            language=texts.language,
            host=call.host,
            port=call.port,
            allow_remote=call.allow_remote,
            started=started,
        )
    except KeyboardInterrupt:
        show("")


def _tell(desk: Desk, file: DecisionFile, texts: Texts, say: Say) -> None:
    waiting = desk.waiting(file)
    decided = len(desk.cards) - len(waiting)
    if desk.cards:
        said = {"decided": decided, "count": len(desk.cards), "waiting": len(waiting), "path": desk.path}
        say(texts.say("review_done", **said))
    for read, right, count in frequent_confusions(desk.decided(file).values()):
        say(texts.say("review_confusion", read=read, right=right, count=count))


def _is_older(desk: Desk, folder: Path) -> bool:
    """Tell whether a result was made before some decisions: a review was killed before it could write it."""
    result = folder / "decree.json"
    return desk.path.exists() and result.stat().st_mtime_ns < desk.path.stat().st_mtime_ns


def _renew(desk: Desk, folder: Path, texts: Texts, say: Say, *, spreadsheet_safe: bool) -> None:
    plan, written = renew(desk, folder, spreadsheet_safe=spreadsheet_safe)
    unfit = sum(finding.code == "decision-unfit" for finding in plan.findings)
    asked = sum(action.needs_review for action in plan.actions)
    say(texts.say("review_renewed", asked=asked, unfit=unfit))
    say("\n".join(written_lines(written, texts)))
