"""The thresholds of the survey: what a file is, how its pages are turned, what of them is damaged."""

from __future__ import annotations

from schema.settings import Settings


class File(Settings, section="survey.file"):
    """What a file is, by its bytes."""

    head: int
    sample: int
    most_controls: float
    producer: int


class Pages(Settings, section="survey.pages"):
    """Pages at a first glance."""

    covering: float
    sampled: int
    fewest: int
    mostly: float
    straight: float


class Objects(Settings, section="survey.objects"):
    """The objects of a PDF and what of them is lost, in bytes and in objects."""

    spare: int
    spare_damaged: int
    rounds: int
    near: int
    line_end: int
    nuls: int
    step: int
    jpeg_tail: int
    aside: frozenset[str]
    numbers: frozenset[str]


FILE = File.load("extract")
PAGES = Pages.load("extract")
OBJECTS = Objects.load("extract")
