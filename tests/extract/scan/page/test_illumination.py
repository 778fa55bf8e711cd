"""Light, lid and dirt are taken off a page; ink, fills and thin strokes stay."""

import cv2
import numpy as np

from extract.scan.model import Colour, Grey
from extract.scan.page.illumination import even

DPI = 200.0


def paper(level: int = 245) -> Grey:
    return np.full((1654, 2339), level, np.uint8)


def in_colour(grey: Grey) -> Colour:
    colour: Colour = cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB)
    return colour


def test_uneven_light_becomes_white_paper() -> None:
    shade = np.linspace(1.0, 0.6, 2339)[None, :]
    page = paper()
    page[800:830, 300:2000] = 40
    evened = even(in_colour((page * shade).astype(np.uint8)), DPI).grey
    assert np.percentile(evened[:700], 1) > 240
    assert evened[810:820, 400:1900].max() < 90


def test_a_shaded_head_and_a_filled_cell_keep_their_shade() -> None:
    page = paper()
    page[300:380, 100:2200] = 205
    page[900:1000, 500:580] = 120
    evened = even(in_colour(page), DPI).grey
    assert 190 < evened[340, 1200] < 235
    assert 110 < evened[950, 540] < 150


def test_the_black_lid_round_the_sheet_becomes_white() -> None:
    page = paper()
    outline = np.array([(40, 0), (2339, 90), (2300, 1654), (0, 1560)])
    sheet = cv2.fillPoly(np.full_like(page, 30), [outline], 245)
    cv2.line(sheet, (300, 400), (2000, 440), 20, 3)
    evened = even(in_colour(sheet), DPI).grey
    assert evened[:6].min() > 200
    assert np.count_nonzero(evened < 128) < 2 * 3 * 1720
    assert evened[405:435, 900:1100].min() < 60


def test_a_lone_speck_is_dirt_in_the_reduced_picture_while_a_tick_a_dash_and_a_dotted_letter_are_not() -> (
    None
):
    page = paper()
    cv2.circle(page, (300, 300), 2, 60, -1)
    cv2.polylines(page, [np.array([(600, 610), (610, 625), (630, 590)])], False, 30, 1, cv2.LINE_AA)
    cv2.line(page, (900, 600), (912, 600), 30, 2)
    cv2.line(page, (1200, 600), (1200, 620), 30, 3)
    cv2.circle(page, (1200, 590), 1, 30, -1)
    both = even(in_colour(page), DPI)
    evened = both.grey
    assert evened[290:310, 290:310].min() < 128
    assert both.low[145:155, 145:155].min() > 200
    assert np.count_nonzero(evened[580:640, 590:640] < 160) >= 30
    assert np.count_nonzero(evened[595:606, 895:918] < 128) >= 20
    assert evened[588:593, 1198:1203].min() < 128


def test_single_wild_pixels_are_calmed_and_thin_strokes_are_not() -> None:
    page = paper()
    page[200:1400:40, 200:2200:40] = 30
    page[100, 100:2200] = 60
    evened = even(in_colour(page), DPI).grey
    assert evened[190:1400].min() > 200
    assert evened[100, 300:2000].max() < 90


def test_colour_is_kept_only_where_there_is_coloured_ink() -> None:
    tinted = np.full((1654, 2339, 3), (248, 243, 232), np.uint8)
    assert even(tinted, DPI).colour is None
    cv2.circle(tinted, (1500, 900), 150, (90, 60, 170), 8)
    evened = even(tinted, DPI)
    assert evened.colour is not None
    assert int(np.ptp(evened.colour[300, 300].astype(int))) < 8
    assert int(np.ptp(evened.colour[900, 1350].astype(int))) > 60


def test_large_fills_keep_their_shade_in_even_and_in_uneven_light() -> None:
    shade = 1 - 0.3 * np.linspace(0, 1, 2339)[None, :] * np.linspace(0, 1, 1654)[:, None]
    for light in (np.ones_like(shade), shade):
        page = paper()
        page[400:800, 300:2100] = 205
        page[800:1300, 900:1600] = 120
        evened = even(in_colour((page * light).astype(np.uint8)), DPI).grey
        assert 200 < np.median(evened[450:750, 400:2000]) < 235
        assert 110 < np.median(evened[850:1250, 950:1550]) < 145
        assert np.percentile(evened[50:350], 1) > 240


def test_a_soft_shadow_across_the_page_is_evened() -> None:
    distance = (np.arange(2339)[None, :] - 1170) / 200.0
    page = paper() * (1 - 0.4 * np.exp(-np.square(distance)))
    evened = even(in_colour(page.astype(np.uint8)), DPI).grey
    assert np.percentile(evened, 1) > 225


def test_a_thin_ring_of_pale_ink_makes_a_page_a_coloured_one() -> None:
    tinted = np.full((1654, 2339, 3), (248, 243, 232), np.uint8)
    cv2.circle(tinted, (1500, 900), 150, (178, 158, 200), 4, cv2.LINE_AA)
    assert even(tinted, DPI).colour is not None
