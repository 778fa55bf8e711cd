"""Turns the glyphs of many fonts into the weights of the letter classifier (extract/pdf/letter_shapes.npz).

`python scripts/train_letter_shapes.py FOLDER... [--without PATTERN] [-o FILE]`

Lines of random letters are drawn with every TrueType and OpenType font below the folders that has all of ASCII, as small as a page of
print is looked at, and cut into glyphs as the reader does. Same fonts, same seed, same weights. One family in five is not learnt:
what its signs are taken for is stored with the weights, as the measure of which signs look alike. `--without` leaves fonts out, to
test on them.

The stored weights were made of 530 faces of some 90 Debian packages (`fonts-*`: croscore, dejavu, freefont, lato, liberation,
linuxlibertine, lmodern, noto-core, roboto, stix, texgyre, urw-base35, ...), at most eight of a family.
"""

from __future__ import annotations

import argparse
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from perceptron import Floats, forward, fresh
from PIL import Image, ImageDraw, ImageFont

from extract.pdf.letter_shapes import OTHER, SIGNS, features, sign_of

SEED = 20251
MASTER = 96  # pixels of an em in the lines that samples are drawn from
LINE = 14  # glyphs
ABOVE, BELOW = 0.83, 0.25  # of an em: the rows that are cut out of a page
SMALLEST, LARGEST = 11.0, 34.0  # pixels of an em: print of 5.5 to 17 points at 2 pixels a point
PASSES = 2  # times that each font draws all signs
EPOCHS = 14
HIDDEN = (112,)
KEPT_BACK = 5  # one family of so many is not learnt: what it is taken for says which signs look alike
FLOOR = 3e-4  # the least share of a sign that is seen as another one
ACCENTED = "éèàâäáãåçñöôõúüíîčšžÉÀÄÖÜÇ"
MORE = "√✓✔✗✘×÷•●■□○▪◻☐☑☒☓★→➢–—−“”‘’°±≤≥§©®"
OUT = Path(__file__).resolve().parent.parent / "extract/pdf/letter_shapes.npz"


def main() -> None:
    """Draw, train, say how well it went on samples and on fonts kept back, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="folders with fonts")
    parser.add_argument("--without", default="^$", help="pattern of font names to leave out, to test on them")
    parser.add_argument("-o", "--output", type=Path, default=OUT)
    options = parser.parse_args()
    rng = np.random.default_rng(SEED)
    files = sorted(
        {file.name: file for folder in options.folders for file in folder.rglob("*.[to]tf")}.values()
    )
    files = [file for file in files if not re.search(options.without, file.name)]
    kept_back = [file for file in files if _is_kept_back(file)]
    inputs, kinds, used = _samples(rng, [file for file in files if file not in kept_back])
    print(f"{used} fonts, {len(inputs)} glyphs", flush=True)
    weights = _trained(rng, inputs, kinds)
    _tell("learnt", weights, inputs, kinds)
    inputs, kinds, used = _samples(rng, kept_back)
    _tell(f"{used} fonts kept back", weights, inputs, kinds)
    parts = [*weights, _seen_as(weights, inputs, kinds)]
    stored: dict[str, Any] = {f"p{n}": value.astype(np.float16) for n, value in enumerate(parts)}
    np.savez_compressed(options.output, **stored)


def _is_kept_back(file: Path) -> bool:
    """Choose families by lot, whatever order they come in; all faces of a family go together."""
    return zlib.crc32(file.name[:6].lower().encode()) % KEPT_BACK == 0


def _seen_as(weights: Sequence[Floats], inputs: Floats, kinds: NDArray[np.intp]) -> Floats:
    """Return the share of each sign (rows) that is seen as each (columns), none quite zero."""
    seen = np.full((len(SIGNS), len(SIGNS)), FLOOR)
    for kind in range(len(SIGNS)):
        mine = inputs[kinds == kind]
        if len(mine):
            seen[kind] += forward(weights, mine)[-1].mean(axis=0)
    return seen / seen.sum(axis=1, keepdims=True)


def _tell(name: str, weights: Sequence[Floats], inputs: Floats, kinds: NDArray[np.intp]) -> None:
    chosen = forward(weights, inputs)[-1].argmax(axis=1)
    folded = np.array([SIGNS.index(sign.lower()) for sign in SIGNS])
    print(
        f"{name}: {len(kinds)} glyphs, {(chosen == kinds).mean():.4f} right, "
        f"{(folded[chosen] == folded[kinds]).mean():.4f} but for capitals",
        flush=True,
    )


def _samples(rng: np.random.Generator, files: Sequence[Path]) -> tuple[Floats, NDArray[np.intp], int]:
    rows: list[Floats] = []
    kinds: list[int] = []
    used = 0
    for file in files:
        try:
            found = list(_of_font(rng, file))
        except OSError:
            continue
        used += bool(found)
        rows += [row for _, row in found]
        kinds += [SIGNS.index(sign) for sign, _ in found]
    return np.array(rows, dtype=np.float32), np.array(kinds), used


def _of_font(rng: np.random.Generator, file: Path) -> Iterator[tuple[str, Floats]]:
    """Yield the class and the features of glyphs of a font; none where it lacks letters."""
    font = ImageFont.truetype(str(file), MASTER, layout_engine=ImageFont.Layout.BASIC)
    missing = {bytes(font.getmask(letter)) for letter in "\ue123\U0010fffe"} | {b""}
    has = [c for c in SIGNS[:-2] + ACCENTED + MORE if bytes(font.getmask(c)) not in missing]
    if (
        any(c not in has for c in SIGNS[:-2] if c.isalnum())
        or len({bytes(font.getmask(c)) for c in "abcdeABCDE012"}) < 8
    ):
        return
    for _ in range(PASSES):
        order = [has[n] for n in rng.permutation(len(has))]
        for line in _batched(order):
            em = float(np.exp(rng.uniform(np.log(SMALLEST), np.log(LARGEST))))
            yield from _of_line(rng, font, line, em)


def _batched(order: Sequence[str]) -> Iterator[Sequence[str]]:
    return (order[at : at + LINE] for at in range(0, len(order), LINE))


def _of_line(
    rng: np.random.Generator, font: ImageFont.FreeTypeFont, line: Sequence[str], em: float
) -> Iterator[tuple[str, Floats]]:
    """Draw a line large, then as small as print, and cut its glyphs out of it."""
    spread = rng.choice([0.0, 0.0, 0.0, 0.03, 0.15]) * MASTER
    starts = np.cumsum([MASTER, *(font.getlength(c) + spread for c in line)])
    image = Image.new("L", (round(starts[-1]) + MASTER, 2 * MASTER), 0)
    pen = ImageDraw.Draw(image)
    for letter, x in zip(line, starts, strict=False):
        pen.text((float(x), 1.2 * MASTER), letter, font=font, fill=255, anchor="ls")
    scale = em / MASTER
    shift_x, shift_y = rng.uniform(0, 1, 2)
    size = (round(image.width * scale) + 2, round(image.height * scale) + 2)
    matrix = np.array([[scale, 0, shift_x], [0, scale, shift_y]])
    soft = cv2.GaussianBlur(np.asarray(image), (0, 0), 0.42 / scale)
    small = cv2.warpAffine(soft, matrix, size, flags=cv2.INTER_LINEAR)
    baseline = 1.2 * em + shift_y + rng.normal(0, 0.01) * em
    first, last = int(np.floor(baseline - ABOVE * em)), int(np.ceil(baseline + BELOW * em))
    for letter, start, end in zip(line, starts, starts[1:], strict=False):
        x0, x1 = start * scale + shift_x, end * scale + shift_x
        sign = sign_of(letter) or OTHER
        part = small[max(first, 0) : last, int(np.floor(x0)) : int(np.ceil(x1))]
        row = features(part, em * float(np.exp(rng.normal(0, 0.03))), baseline - max(first, 0))
        if row is not None:
            yield sign, row


def _trained(rng: np.random.Generator, inputs: Floats, kinds: NDArray[np.intp]) -> list[Floats]:
    """Fit a small perceptron by Adam with a falling step and weight decay."""
    weights = fresh(rng, [inputs.shape[1], *HIDDEN, len(SIGNS)])
    first = [np.zeros_like(value) for value in weights]
    second = [np.zeros_like(value) for value in weights]
    step, batch = 0, 512
    total = EPOCHS * (len(inputs) // batch)
    for epoch in range(EPOCHS):
        order = rng.permutation(len(inputs))
        for start in range(0, len(order) - batch + 1, batch):
            chosen = order[start : start + batch]
            step += 1
            rate = np.float32(2e-3 * 0.5 * (1 + np.cos(np.pi * step / total)) + 1e-5)
            for n, slope in enumerate(_slopes(weights, inputs[chosen], kinds[chosen])):
                first[n] += np.float32(0.1) * (slope - first[n])
                second[n] += np.float32(0.001) * (slope**2 - second[n])
                move = (
                    first[n]
                    / np.float32(1 - 0.9**step)
                    / (np.sqrt(second[n] / np.float32(1 - 0.999**step)) + np.float32(1e-8))
                )
                weights[n] -= rate * (move + (np.float32(2e-3) * weights[n] if n % 2 == 0 else 0))
        print(f"epoch {epoch + 1}", flush=True)
    return weights


def _slopes(weights: Sequence[Floats], inputs: Floats, kinds: NDArray[np.intp]) -> list[Floats]:
    values = forward(weights, inputs)
    error = values[-1].copy()
    error -= np.float32(0.02 / error.shape[1])
    error[np.arange(len(kinds)), kinds] -= np.float32(0.98)
    error /= np.float32(len(kinds))
    slopes: list[Floats] = []
    for index in range(len(weights) - 2, -1, -2):
        slopes[:0] = [values[index // 2].T @ error, error.sum(axis=0)]
        if index:
            error = (error @ weights[index].T) * (values[index // 2] > 0)
    return slopes


if __name__ == "__main__":
    main()
