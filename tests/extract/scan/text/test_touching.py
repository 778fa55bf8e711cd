import numpy as np
import pytest

from extract.scan.model import Grey, Mask
from extract.scan.text.touching import with_touching

RULED = slice(50, 54)


def ruled() -> tuple[Grey, Mask]:
    page: Grey = np.full((100, 200), 255, dtype=np.uint8)
    page[RULED] = 0
    return page, np.broadcast_to(np.isin(np.arange(100), range(50, 54))[:, None], page.shape).copy()


def whitened(page: Grey, rulings: Mask) -> Grey:
    return np.where(rulings, np.uint8(255), page)


@pytest.mark.parametrize(("top", "bottom"), [(30, 54), (30, 70)])
def test_a_stem_that_ends_on_a_ruling_or_crosses_it_is_whole_again(top: int, bottom: int) -> None:
    page, rulings = ruled()
    page[top:bottom, 80:84] = 0
    found = with_touching(whitened(page, rulings), page, rulings, 200.0)
    assert (found[top:bottom, 80:84] == 0).all()
    assert (found[RULED, :80] == 255).all()
    assert (found[RULED, 84:] == 255).all()


def test_specks_and_what_is_left_of_the_ruling_bring_nothing_back() -> None:
    page, rulings = ruled()
    page[47:50, 20:23] = 0
    page[54, 60:160] = 0
    clean = whitened(page, rulings)
    assert (with_touching(clean, page, rulings, 200.0) == clean).all()
