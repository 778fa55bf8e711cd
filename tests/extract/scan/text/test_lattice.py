"""What a CTC network weighed becomes the few texts that it may have seen, with their chances."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.text.choices import Lattice, Lattices

LETTERS = ["", "a", "b", " "]


def lattice(*steps: tuple[float, ...]) -> Lattice:
    return Lattice(np.array(steps, dtype=np.float32), LETTERS, len(steps))


def test_a_texts_chance_is_the_sum_over_all_ways_to_read_it() -> None:
    found = dict(lattice((0.4, 0.6, 0.0, 0.0), (0.4, 0.6, 0.0, 0.0)).texts(0, 1))
    assert found["a"] == pytest.approx(0.6 * 0.6 + 2 * 0.6 * 0.4)
    assert found[""] == pytest.approx(0.16)


def test_equal_letters_need_a_blank_between_them() -> None:
    apart = lattice((0.0, 1.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0))
    assert apart.texts(0, 1)[0] == ("aa", pytest.approx(1.0))
    touching = lattice((0.0, 1.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0))
    assert touching.texts(0, 1)[0] == ("a", pytest.approx(1.0))


def test_only_the_steps_between_two_places_count() -> None:
    whole = lattice((0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 0.0, 1.0), (0.0, 0.0, 0.9, 0.1))
    assert whole.texts(0.0, 0.34)[0][0] == "a"
    assert whole.texts(0.67, 1.0)[0][0] == "b"


def test_several_pictures_of_a_crop_count_alike() -> None:
    one, other = lattice((0.0, 1.0, 0.0, 0.0)), lattice((0.0, 0.2, 0.8, 0.0))
    assert Lattices((one, other)).texts(0, 1) == [
        ("a", pytest.approx(0.6)),
        ("b", pytest.approx(0.4)),
    ]
