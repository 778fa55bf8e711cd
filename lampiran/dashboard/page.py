"""A Dashboard -> the bytes of its `index.html` and of the files of texts beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path

from markupsafe import Markup

from lampiran.dashboard.model import Dashboard
from lampiran.dashboard.packing import packed, script_json
from lampiran.publish.html import assets, content_policy, filled
from lampiran.publish.labels import both, label, labels
from schema.errors import Language
from schema.findings import Message
from schema.periods import MONTHS, PER_YEAR, month_names

PAGE = "index.html"
_FEW = 2  # years that are named one by one
_SCRIPTS = ("base", "addresses", "selection", "views", "details", "main")


def dashboard_files(dashboard: Dashboard, folder: Path, *, language: Language = "id") -> dict[str, bytes]:
    """Return the bytes of every file by its name; `folder` is where they will lie, `language` the one they open in.

    Style, script and all numbers are in the page; a content security policy allows nothing else but the files of
    texts, and the page writes texts as texts, so that what stands in a decree cannot run.
    """
    style = assets("report/report.css", "dashboard/dashboard.css")
    script = assets("language.js", *(f"dashboard/{name}.js" for name in _SCRIPTS))
    made = packed(dashboard, folder)
    actions = sum(len(decree.rows) for decree in dashboard.decrees)
    page = filled(
        "dashboard/dashboard.html.j2",
        style,
        script,
        content_policy(style, script, beside=True),
        {
            "dashboard": dashboard,
            "language": language,
            "offices": dashboard.offices,
            "years": _years({decree.year for decree in dashboard.decrees if decree.year}),
            "actions": actions,
            "actions_said": _number(actions),
            "partly": sum(decree.partly_read for decree in dashboard.decrees),
            "states": sorted(Counter(one.state for one in dashboard.uncounted).items()),
            "labels_json": Markup(script_json(_words())),  # noqa: S704 - nothing in it ends a script
            "core_json": Markup(script_json(made.core)),  # noqa: S704 - the same
        },
    )
    return {PAGE: page, **made.parts}


def _years(years: Collection[int]) -> str:
    """Return years, as first and last where none between them is missing."""
    known = sorted(years)
    whole = len(known) > _FEW and known[-1] - known[0] + 1 == len(known)
    return f"{known[0]}–{known[-1]}" if whole else ", ".join(map(str, known))


def _number(value: int) -> Markup:
    """Return a number as each language parts its thousands."""
    english = f"{value:,}"
    return both(Message.of(english.replace(",", "."), english))


def _words() -> dict[str, tuple[str, str]]:
    """Return the words that the script says, in both languages: its own, the names of months and other periods."""
    said = {key: (message.id, message.en) for key, message in labels("dashboard").items()}
    for kind, count in PER_YEAR.items():
        for n in range(1, count + 1):
            message = label(kind, n)
            said[f"{kind}_{n}"] = (message.id, message.en)
    names = {language: month_names(language) for language in ("id", "en")}
    for n in range(1, MONTHS + 1):
        said[f"long_month_{n}"] = (names["id"][n][0], names["en"][n][0])
    return said
