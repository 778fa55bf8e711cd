"""Courses of rulings give the bend of the paper, also where pieces are missing or do not belong."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from extract.scan.model import Grey, Points
from extract.scan.page.page_finder import find
from extract.scan.page.ruling_traces import Courses, ruling_courses, text_courses, vertical_courses
from extract.scan.page.settings import PICTURE
from extract.scan.page.warp import fitted


def off(places: Points, bulge: float, phase: float) -> Points:
    return np.asarray(
        bulge * np.sin(2 * np.pi * 0.9 * places[:, 0] / 1170 + phase) + 0.004 * (places[:, 0] - 585)
    )


def courses(bulge: float, phase: float, *, gaps: bool = False) -> Courses:
    """Nine bent rulings; with `gaps` each is broken in three."""
    places, owner, count = [], [], 0
    for y in np.linspace(200, 700, 9):
        for start, end in [(100, 360), (420, 700), (760, 1080)] if gaps else [(100, 1080)]:
            x = np.arange(start, end, 8.0)
            flat = np.column_stack([x, np.full(len(x), y)])
            places.append(flat + np.column_stack([np.zeros(len(x)), off(flat, bulge, phase)]))
            owner.append(np.full(len(x), count))
            count += 1
    return Courses(np.vstack(places), np.concatenate(owner).astype(np.intp))


def spread_of_lines(found: Courses, along: int = 0) -> float:
    """The most that any straightened ruling still leaves its line, in pixels."""
    bend = fitted(found, along)
    straight = found.places.copy()
    for _ in range(4):
        straight[:, 1 - along] = found.places[:, 1 - along] - bend.at(straight)
    return max(
        float(np.ptp(straight[found.owner == index, 1 - along])) for index in range(found.owner.max() + 1)
    )


@settings(max_examples=20, deadline=None)
@given(st.floats(-6, 6), st.floats(0, 6.2), st.booleans())
def test_bent_rulings_become_straight(bulge: float, phase: float, gaps: bool) -> None:
    assert spread_of_lines(courses(bulge, phase, gaps=gaps)) < 0.3


def test_upright_rulings_are_bent_back_the_same_way() -> None:
    level = courses(4.0, 1.0)
    upright = Courses(np.ascontiguousarray(level.places[:, ::-1]), level.owner)
    assert spread_of_lines(upright, along=1) < 0.3


def test_a_course_that_is_no_ruling_does_not_spoil_the_bend() -> None:
    good = courses(4.0, 0.5)
    x = np.arange(300.0, 420.0, 8.0)
    wrong = np.column_stack([x, 430 + 0.25 * (x - 300)])
    places = np.vstack([good.places, wrong])
    owner = np.append(good.owner, np.full(len(x), good.owner.max() + 1)).astype(np.intp)
    bend = fitted(Courses(places, owner), 0)
    line = np.column_stack([np.linspace(120, 1060, 30), np.full(30, 450.0)])
    assert np.ptp(off(line, 4.0, 0.5) - bend.at(line)) < 0.8


def test_a_page_without_rulings_is_not_bent() -> None:
    none = Courses(np.zeros((0, 2)), np.zeros(0, dtype=np.intp))
    assert fitted(none, 0).at(np.array([[10.0, 20.0]])) == pytest.approx([0.0])


def _ruled(ink: int = 40, *, slope: float = 0.0) -> Grey:
    """A page of 150 dpi with a table of eight rows and six columns, its lines falling by `slope`, words in the cells."""
    page = np.full((1100, 1600), 255, dtype=np.uint8)
    for n in range(9):
        cv2.line(page, (100, 100 + 100 * n), (1500, round(100 + 100 * n + slope * 1400)), ink, 2)
    for n in range(7):
        x = 100 + round(1400 / 6 * n)
        top = round(100 + slope * (x - 100))
        cv2.line(page, (x, top), (x, top + 800), ink, 2)
    for row in range(8):
        for column in range(6):
            place = (115 + 233 * column, round(145 + 100 * row + slope * 233 * column))
            cv2.putText(page, "rencana aksi", place, cv2.FONT_HERSHEY_SIMPLEX, 0.7, 30, 2, cv2.LINE_AA)
    return page


@pytest.mark.parametrize("ink", [40, 210])
def test_rulings_are_followed_and_letters_are_not(ink: int) -> None:
    found = ruling_courses(find(_ruled(ink, slope=0.01)).horizontal, PICTURE.finder_dpi)
    off = found.places[:, 1] - 100 - 0.01 * (found.places[:, 0] - 100)
    assert np.abs(off - 100 * np.rint(off / 100)).max() < 3
    assert {round(float(at) / 100) for at in off} == set(range(9))


def test_rulings_are_followed_through_a_shaded_head() -> None:
    page = _ruled()
    page[100:200, 100:1500] = np.minimum(page[100:200, 100:1500], 190)
    found = vertical_courses(find(page).vertical, PICTURE.finder_dpi)
    inside = (found.places[:, 1] > 110) & (found.places[:, 1] < 190)
    assert len({round(float(x) / 20) for x in found.places[inside, 0]}) >= 7


def test_rulings_are_followed_where_they_fade() -> None:
    page = _ruled()
    page[:, 800:] = 255 - (255 - page[:, 800:]) // 6
    found = ruling_courses(find(page).horizontal, PICTURE.finder_dpi)
    assert np.count_nonzero(found.places[:, 0] > 850) > 9 * 30


def test_lines_of_print_tell_the_bend_of_a_page_without_rulings() -> None:
    page = Image.new("L", (1240, 1000), 255)
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(size=24)
    for n in range(12):
        x = 90.0
        for word in ("laporan", "rencana", "aksi", "pembangunan", "zona", "integritas", "kantor"):
            pen.text((x, 100 + 60 * n + 0.01 * x), word, fill=20, font=font)
            x += pen.textlength(word + " ", font=font)
    found = text_courses(find(np.array(page)).printed, PICTURE.finder_dpi)
    assert len(np.unique(found.owner)) >= 10
    ends = fitted(found, 0).at(np.array([[150.0, 430.0], [550.0, 430.0]]))
    assert float(ends[1] - ends[0]) == pytest.approx(4, abs=1.5)
