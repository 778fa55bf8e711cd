"""The thresholds of an audit's verdicts, from `lampiran/settings.toml`."""

from __future__ import annotations

from schema.settings import Settings


class Texts(Settings, section="audit.texts"):
    """Which fault made one text of another: likenesses, 0 to 1, and letters."""

    same_word: float
    same_text: float
    paired: float
    slack: int


class Verdicts(Settings, section="audit.verdicts"):
    """What is said of one cell: likenesses, 0 to 1, letters, lines and periods."""

    left: float
    another: float
    nearly: float
    held: float
    shortest_held: int
    furthest: int
    same_team: float
    team_lines: int
    other_part: float
    shortest_moved: int


TEXTS = Texts.load("lampiran")
VERDICTS = Verdicts.load("lampiran")
