"""A call with results of many decrees -> their dashboard in a folder, a summary on stdout, one exit code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from lampiran.cli.exits import DONE, exit_code_of, tell, worst
from lampiran.cli.options import Dashboard as Call
from lampiran.cli.output import check_output
from lampiran.cli.progress import progress_bar
from lampiran.cli.summary import print_summary, written_lines
from lampiran.cli.texts import Texts
from lampiran.dashboard.build import Collected, Source
from lampiran.dashboard.model import Dashboard, Uncounted
from lampiran.dashboard.records import Recorded, recorded
from lampiran.dashboard.writing import FOLDER, write_dashboard
from lampiran.loading import FILE, load_plan
from lampiran.stored import RESULTS, is_store, results_in
from schema.errors import InputError, LampiranError, OutputError

_NAMED = 3  # results in the sentence about those that are not counted


def run(call: Call, texts: Texts) -> int:
    """Write the dashboard of some results; return the exit code of the call.

    A result that cannot be read is told with one sentence on stderr and named on the page, and the rest goes on; where
    none can be read nothing is written. Raises `OutputError` before anything is read if the folder cannot be used.
    """
    check_output(call.output, texts)
    known = recorded(call.stored, results_in(call.stored))
    if any(call.output.resolve() in path.resolve().parents for path in known.results):
        raise OutputError(
            **texts.both("dashboard_inside", path=call.output)
        )  # it would move what it links to
    FOLDER.check_place(call.output, force=call.force)
    collected = Collected()
    codes = []
    with progress_bar(len(known.results), texts, quiet=call.quiet) as bar:
        for path in known.results:
            codes.append(_add(collected, path, known, texts))
            bar.finished()
    codes += [_refused("dashboard_no_results", store, texts) for store in _without_result(call, known)]
    if not collected.decrees():
        tell(texts.say("dashboard_none"))
        return worst(codes)
    with progress_bar(collected.compared(), texts, quiet=call.quiet) as bar:
        dashboard = collected.dashboard(known.uncounted, bar.finished)
    written = write_dashboard(dashboard, call.output, force=call.force, language=texts.language)
    page = replace(written, files=written.files[:1])  # the files of texts are many, and nobody opens them
    print_summary(call, [*_summary_lines(dashboard, texts), *written_lines(page, texts)])
    return worst(codes)


def _without_result(call: Call, known: Recorded) -> list[Path]:
    """Return the stores of a call of which no result counts."""
    homes = {path.parent for path in known.results}
    return [store for store in filter(is_store, dict.fromkeys(call.stored)) if store / RESULTS not in homes]


def _refused(key: str, path: Path, texts: Texts) -> int:
    return exit_code_of(InputError(**texts.both(key, path=path)), texts)


def _is_result(path: Path) -> bool:
    """Tell whether a path can be a result: a folder that holds one, or a file such as it holds."""
    return (path / FILE).is_file() if path.is_dir() else path.is_file() and path.suffix == Path(FILE).suffix


def _add(collected: Collected, path: Path, known: Recorded, texts: Texts) -> int:
    """Take one result in; return its exit code. One that cannot be read becomes one that is missing."""
    if not _is_result(path):
        return _refused("dashboard_no_result", path, texts)
    folder = path if path.is_dir() else path.parent
    try:
        collected.add(Source(folder, partial(load_plan, path), known.reasons.get(folder, ("", ""))))
    except Exception as error:  # noqa: BLE001 - it becomes an exit code, and the rest goes on
        said = error.message if isinstance(error, LampiranError) else None
        known.uncounted.append(Uncounted(folder.name, "failed", (said.id, said.en) if said else ("", "")))
        return exit_code_of(error, texts, subject=path)
    return DONE


def _summary_lines(dashboard: Dashboard, texts: Texts) -> Iterator[str]:
    decrees = dashboard.decrees
    counts = texts.say(
        "dashboard_counts",
        decrees=len(decrees),
        offices=dashboard.offices,
        actions=sum(len(decree.rows) for decree in decrees),
        waiting=sum(decree.open for decree in decrees),
    )
    yield f"  {counts}"
    if dashboard.pairs:
        yield f"  {texts.say('dashboard_pairs', count=len(dashboard.pairs))}"
    if left := dashboard.uncounted:
        names = ", ".join(one.name for one in left[:_NAMED]) + (", ..." if len(left) > _NAMED else "")
        yield f"  {texts.say('dashboard_uncounted', count=len(left), names=names)}"
