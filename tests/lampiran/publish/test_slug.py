import pytest
from hypothesis import given
from hypothesis import strategies as st

from lampiran.publish.slug import slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("kpu-batang-2025", "kpu-batang-2025"),
        ("kpu-batang-2025.transcript", "kpu-batang-2025-transcript"),
        ("Keputusan Nomor 8.1 (salinan)", "keputusan-nomor-8-1-salinan"),
        ("Café №7", "cafe-no7"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_name_becomes_plain_letters(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize("name", ["con", "NUL", "com1", "lpt9", "Aux.", "conin$"])
def test_a_device_name_is_avoided(name: str) -> None:
    assert slug_of(name).startswith("x-")


def test_names_without_latin_letters_stay_apart() -> None:
    assert slug_of("文件") != slug_of("決定")
    assert slug_of("文件").startswith("x-")


@given(st.text())
def test_a_slug_is_safe_short_and_its_own_slug(name: str) -> None:
    slug = slug_of(name)
    assert 0 < len(slug) <= 82
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug_of(slug) == slug
