"""A call with results and a target -> the results published there, a few lines on what became of them, one exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from lampiran.cli.exits import DONE, INTERRUPTED, attempt, tell, worst
from lampiran.cli.options import Publish
from lampiran.cli.progress import progress_bar
from lampiran.cli.summary import print_summary
from lampiran.cli.texts import Texts
from lampiran.databases.pictures import Pictures
from lampiran.databases.publishing import Given, Published, publish_given
from lampiran.databases.stores import places
from lampiran.databases.target import STDOUT, target_of
from schema.errors import UsageError


def run(call: Publish, texts: Texts) -> int:
    """Publish the results of a call; return its exit code.

    A result that cannot be read is reported with one sentence on stderr, and the rest is published; nothing is removed
    then. Raises `UsageError` for a target that is not known, and a `--source` that is not there or has no `--crops`, and `OutputError` for one that cannot be written.
    """
    target = target_of(call.to, schema=call.schema, password_file=call.password_file)
    if call.source and not call.crops:
        raise UsageError(**texts.both("publish_source_alone"))
    pictures = Pictures(call.crops, call.source) if call.crops else None
    try:
        given, code = _gathered(call, pictures, texts)
        if not given.entries:
            return code
        if call.prune and code != DONE:
            tell(texts.say("publish_no_prune"))
        published = publish_given(given, target, prune=call.prune and code == DONE)
    except KeyboardInterrupt:
        return INTERRUPTED
    for file, other in published.repeated:
        tell(texts.say("publish_repeated", file=file, other=other))
    print_summary(call, _lines(published, texts), err=call.to == STDOUT)
    return code


def _gathered(call: Publish, pictures: Pictures | None, texts: Texts) -> tuple[Given, int]:
    """Return the results of a call that can be read, and the exit code of those that cannot."""
    found = list(places(call.results, superseded=not call.prune))
    given = Given(pictures)
    with progress_bar(len(found), texts, quiet=call.quiet) as bar:
        codes = []
        for place, superseded in found:
            codes.append(attempt(place, _adding(given, place, superseded=superseded), texts))
            bar.finished()
    return given, worst(codes)


def _adding(given: Given, place: Path, *, superseded: bool) -> Callable[[], int]:
    def add() -> int:
        given.add(place, superseded=superseded)
        return DONE

    return add


def _lines(published: Published, texts: Texts) -> Iterator[str]:
    names = ("added", "replaced", "unchanged", "removed")
    counts = {name: len(getattr(published, name)) for name in names}
    yield texts.say("published", target=published.target, **counts)
    if published.kept:
        yield texts.say("publish_kept", count=len(published.kept))
    for result in published.uncounted:
        yield texts.say("publish_uncounted", result=result)
    for result in published.undrawn:
        yield texts.say("publish_no_source", result=result)
    for result in published.undrawable:
        yield texts.say("publish_no_pages", result=result)
    for older, newer in published.not_compared:
        yield texts.say("publish_not_compared", older=older, newer=newer)
