"""Turns drawn glyphs, typeset and by hand, into the weights of the mark classifier (extract/scan/marks/shapes.npz).

`python scripts/train_mark_shapes.py [--fonts FOLDER] [--without PATTERN] [-o FILE]`

Type comes from the standard fonts of PDF (as PDFium draws them), reportlab's Vera and, where a folder is named,
further TrueType fonts. Same fonts, same seed, same weights. `--without` keeps fonts back to test on them.
"""

from __future__ import annotations

import argparse
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
import reportlab
from numpy.typing import NDArray
from perceptron import Floats, forward, fresh
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from extract.scan.marks.ink import level_of
from extract.scan.marks.shapes import KINDS, SIDE, features

Picture = NDArray[np.floating]

SEED = 20250
MASTER = 72  # pixels of an em in the glyphs that samples are drawn from
SAMPLES = 45_000
EPOCHS = 24
HIDDEN = (72, 32)
OUT = Path(__file__).resolve().parent.parent / "extract/scan/marks/shapes.npz"
TEXT_FONTS = tuple(
    family + style
    for family, styles in {
        "Helvetica": ("", "-Bold", "-Oblique", "-BoldOblique"),
        "Times": ("-Roman", "-Bold", "-Italic", "-BoldItalic"),
        "Courier": ("", "-Bold", "-Oblique"),
    }.items()
    for style in styles
)
MARKS = {
    "tick": "√✓✔",
    "letter": "vV",
    "cross": "xX✗✘✕✖×",
    "blob": "■●•*",
    "dash": "-–—",
}
DINGBATS = "✓✔✕✖✗✘■●"
WORDS = "ya tdk OK ada 10 11 12 TW Jan II IV XI IX VI 2x 3x 1x x2 vi xi vv xx xv V1 v2 w. 25 50% Rp 0,5 ok ke di".split()  # noqa: SIM905 - a line of words reads better as one text
OTHERS = [
    *"0123456789abcdefghijklmnopqrstuwyzABCDEFGHIJKLMNOPQRSTUWYZ/\\+=?!%&#@()[]<>~^|{}$",
    "○",
    "□",
    "◯",
    "△",
    "Λ",
    *WORDS,
]
ROUND = set("ABDEGHMNOPQRSabdegmqsw&@830")  # turned by any angle these never look like a tick or a cross


def main() -> None:
    """Draw, train, say how well it went on samples kept back, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, help="folder with further TrueType fonts")
    parser.add_argument("--without", default="^$", help="pattern of font names to leave out")
    parser.add_argument("-o", "--output", type=Path, default=OUT)
    options = parser.parse_args()
    rng = np.random.default_rng(SEED)
    masters = list(_typeset(options.fonts, options.without))
    inputs, kinds = _samples(rng, masters, SAMPLES)
    held = len(inputs) // 20
    print(f"{len(masters)} glyphs drawn", flush=True)
    weights = _trained(rng, inputs[held:], kinds[held:])
    chosen = forward(weights, inputs[:held])[-1].argmax(axis=1)
    print(
        f"{len(masters)} glyphs, {len(inputs)} samples, {(chosen == kinds[:held]).mean():.4f} right of those kept back"
    )
    for kind, name in enumerate(KINDS):
        row = np.bincount(chosen[kinds[:held] == kind], minlength=len(KINDS))
        print(f"{name:7}", *(f"{count:6}" for count in row))
    stored: dict[str, Any] = {f"p{n}": value.astype(np.float16) for n, value in enumerate(weights)}
    np.savez_compressed(options.output, **stored)


def _typeset(folder: Path | None, without: str) -> Iterator[tuple[str, str, Picture]]:
    """Yield kind, text and master picture (1 is ink) of every glyph in every font that has it."""
    texts = [(kind, text) for kind, many in MARKS.items() for text in many]
    texts += [("other", text) for text in OTHERS]
    yield from _standard(texts, without)
    files = sorted((Path(reportlab.__file__).parent / "fonts").glob("Vera*.ttf"))
    files += sorted(folder.rglob("*.ttf")) if folder else []
    for file in files:
        if re.search(without, file.stem):
            continue
        font = ImageFont.truetype(str(file), MASTER)
        missing = bytes(font.getmask("\ue123"))
        for kind, text in texts:
            if any(bytes(font.getmask(letter)) in {missing, b""} for letter in text):
                continue
            image = Image.new("L", (MASTER * (len(text) + 2), MASTER * 2), 0)
            ImageDraw.Draw(image).text((MASTER // 2, MASTER // 4), text, fill=255, font=font)
            yield kind, text, _trimmed(np.asarray(image))


def _standard(texts: Sequence[tuple[str, str]], without: str) -> Iterator[tuple[str, str, Picture]]:
    """Yield the glyphs of the fonts that every PDF reader has."""
    plan: list[tuple[str, str, str]] = []
    for kind, text in texts:
        if text.isascii() or text in "•–—×":
            plan += [(kind, text, font) for font in TEXT_FONTS]
        elif text in DINGBATS:
            plan.append((kind, text, "ZapfDingbats"))
        elif text == "√":
            plan.append((kind, text, "Symbol"))
    plan = [entry for entry in plan if not re.search(without, entry[2])]
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for _, text, font in plan:
        canvas.setPageSize((MASTER * (len(text) + 2), MASTER * 2))
        canvas.setFont(font, MASTER)
        canvas.drawString(MASTER / 2, MASTER * 0.7, text)
        canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(buffer.getvalue())
    for page, (kind, text, _) in zip(document, plan, strict=True):
        drawn = 255 - page.render(scale=1, grayscale=True).to_numpy().reshape(round(page.get_height()), -1)
        if drawn.max() > 0:
            yield kind, text, _trimmed(drawn)


def _trimmed(picture: NDArray[np.uint8]) -> Picture:
    rows, columns = np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))
    cut = picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return cut.astype(np.float32) / 255


def _samples(
    rng: np.random.Generator, masters: Sequence[tuple[str, str, Picture]], count: int
) -> tuple[Floats, NDArray[np.intp]]:
    by_kind: dict[str, dict[str, list[Picture]]] = {}
    for kind, text, picture in masters:
        by_kind.setdefault(kind, {}).setdefault(text, []).append(picture)
    shares = {"tick": 0.2, "letter": 0.1, "cross": 0.14, "blob": 0.12, "dash": 0.08, "other": 0.36}
    rows: list[Floats] = []
    kinds: list[int] = []
    while len(rows) < count:
        kind = str(rng.choice(list(shares), p=list(shares.values())))
        text, master, points = _master(rng, kind, by_kind)
        made = _scanned(rng, master, points, turn=text in ROUND and rng.random() < 0.3)
        if made is not None:
            rows.append(features(*made))
            kinds.append(KINDS.index(kind))
    return np.array(rows, dtype=np.float32), np.array(kinds)


def _master(
    rng: np.random.Generator, kind: str, by_kind: dict[str, dict[str, list[Picture]]]
) -> tuple[str, Picture, float]:
    """Return text, master and em in points of one glyph, typeset or by hand."""
    by_hand = {"tick": 0.4, "letter": 0.15, "cross": 0.35, "blob": 0.1, "dash": 0.2, "other": 0.35}
    if rng.random() < by_hand[kind]:
        return "", _by_hand(rng, kind), rng.uniform(5, 16)
    text = str(rng.choice(list(by_kind[kind])))
    fonts = by_kind[kind][text]
    master = fonts[int(rng.integers(len(fonts)))]
    if kind == "dash" and rng.random() < 0.3:
        gap = np.zeros((master.shape[0], int(rng.integers(2, 30))), np.float32)
        master = np.hstack([master, gap, master, gap, master][: int(rng.choice([3, 5]))])
    if kind == "other" and rng.random() < 0.12:
        master = _part(rng, master)
    return text, master, rng.uniform(6.5, 13)


def _part(rng: np.random.Generator, master: Picture) -> Picture:
    """A letter cut by a cell's border; only its lower or upper half, so that it keeps a flat cut."""
    height = master.shape[0]
    cut = int(height * rng.uniform(0.5, 0.7))
    part = master[:cut] if rng.random() < 0.5 else master[-cut:]
    return _trimmed((part * 255).astype(np.uint8)) if part.max() > 0.5 else master


def _by_hand(rng: np.random.Generator, kind: str) -> Picture:
    """Strokes of a pen in a box of `MASTER` pixels."""
    canvas = np.zeros((MASTER * 2, MASTER * 2), np.uint8)
    thick = int(rng.integers(4, 12))
    for stroke in _strokes(rng, kind):
        wobble = rng.normal(0, 0.012, stroke.shape)
        points = ((_curved(stroke + wobble) * 0.7 + 0.35) * MASTER).astype(np.int32)
        cv2.polylines(canvas, [points.reshape(-1, 1, 2)], False, 255, thick, cv2.LINE_AA)
    if kind == "blob":
        ring = np.array([(np.cos(a), np.sin(a)) for a in np.linspace(0, 2 * np.pi, 14, endpoint=False)])
        blob = (1 + 0.4 * ring * rng.uniform(0.8, 1.1, (14, 1)) * rng.uniform(0.8, 1.2, 2)) * MASTER
        cv2.fillPoly(canvas, [blob.astype(np.int32).reshape(-1, 1, 2)], 255, cv2.LINE_AA)
    return _trimmed(canvas)


def _strokes(rng: np.random.Generator, kind: str) -> list[Floats]:
    u = rng.uniform
    if kind in {"tick", "letter"}:
        level = u(0.3, 0.75) if kind == "tick" else u(0.0, 0.12)
        vertex = u(0.2, 0.45) if kind == "tick" else u(0.4, 0.6)
        return [np.array([(0, level), (vertex, 1), (1, u(-0.05, 0.1))])]
    if kind == "cross":
        j = rng.normal(0, 0.07, 8)
        return [
            np.array([(j[0], j[1]), (1 + j[2], 1 + j[3])]),
            np.array([(1 + j[4], j[5]), (j[6], 1 + j[7])]),
        ]
    if kind == "dash":
        return [np.array([(0, 0.5), (1, 0.5 + rng.normal(0, 0.05))]) * (u(0.6, 1.1), 1)]
    if kind == "blob":
        return []
    return _scribble(rng)


def _scribble(rng: np.random.Generator) -> list[Floats]:  # noqa: PLR0911 - one return a kind of scribble
    """What a pen or a stamp leaves that is no mark: a slash, an arc, a zigzag, a hook, a plus, a loop."""
    u = rng.uniform
    which = int(rng.integers(9))
    if which == 0:
        return [np.array([(0, 1), (u(0.2, 1), 0)])]
    if which == 1:
        return [np.array([(0, 0), (u(0.2, 1), 1)])]
    if which == 2:
        angles = np.linspace(0, u(1.2, 4.5), 12) + u(0, 6.3)
        return [np.stack([0.5 + 0.5 * np.cos(angles), 0.5 + 0.5 * np.sin(angles)], axis=1)]
    if which == 3:
        turns = int(rng.integers(4, 7))
        up = np.where(np.arange(turns) % 2 == int(rng.integers(2)), u(0, 0.2, turns), u(0.8, 1, turns))
        return [np.stack([np.linspace(0, 1, turns), up], axis=1)]
    if which == 4:
        return [np.array([(0, 0), (0, 1), (1, 1)])]
    if which == 5:
        return [np.array([(0, 0.5), (1, 0.5)]), np.array([(0.5, 0), (0.5, 1)])]
    if which == 6:
        angles = np.linspace(0, 6.3, 20)
        return [np.stack([0.5 + 0.5 * np.cos(angles), 0.5 + 0.5 * np.sin(angles)], axis=1)]
    if which == 7:
        return [np.array([(0, u(0.8, 1.0)), (u(0.3, 0.7), 0), (1, u(0.8, 1.0))])]
    return [np.array([(0, 0), (1, u(0, 0.1)), (u(0.2, 0.6), 1)])]


def _curved(points: Floats) -> Floats:
    """A soft way through a few points, corners kept."""
    if len(points) != 3:
        return points
    start, corner, end = points
    t = np.linspace(0, 1, 8)[:, None]
    bow = np.array([(end - corner)[1], -(end - corner)[0]]) * 0.07
    second = corner + (end - corner) * t + bow * np.sin(np.pi * t)
    return np.vstack([start + (corner - start) * t, second])


def _scanned(
    rng: np.random.Generator, master: Picture, points: float, *, turn: bool
) -> tuple[Picture, float, float] | None:
    """Print and scan a glyph, some of them many times and averaged; its picture and size in points."""
    dpi = float(rng.choice([150, 150, 200, 200, 300]))
    scale = points * dpi / 72 / MASTER
    blur, noise = rng.uniform(0.5, 1.05), rng.uniform(0, 16)
    angle = rng.uniform(0, 360) if turn else rng.normal(0, 2.0)
    shear, stretch = rng.normal(0, 0.06), np.exp(rng.normal(0, 0.06))
    times = int(rng.choice([1, 1, 1, 3, 8]))
    soft = (
        cv2.GaussianBlur(np.pad(master, 24), (0, 0), max(0.5, 0.45 / scale))
        if scale < 1
        else np.pad(master, 24)
    )
    tried = [_shot(rng, soft, scale, (angle, shear, stretch), blur, noise) for _ in range(times)]
    shots = [shot for shot in tried if shot is not None]
    if not shots:
        return None
    picture = np.mean([shot[0] for shot in shots], axis=0).astype(np.float32)
    width, height = np.median([shot[1:] for shot in shots], axis=0) * 72 / dpi
    return picture, float(width), float(height)


def _shot(
    rng: np.random.Generator,
    soft: Picture,
    scale: float,
    shape: tuple[float, float, float],
    blur: float,
    noise: float,
) -> tuple[Picture, int, int] | None:
    height, width = soft.shape
    angle, shear, stretch = shape
    turned = cv2.getRotationMatrix2D((width / 2, height / 2), angle, scale)
    lean = np.array([[stretch, shear], [0, 1 / stretch]])
    matrix = np.hstack([lean @ turned[:, :2], (lean @ turned[:, 2])[:, None]])
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)]) @ matrix[:, :2].T + matrix[:, 2]
    low, high = corners.min(axis=0) - 3, corners.max(axis=0) + 3
    matrix[:, 2] -= low - rng.uniform(0, 1, 2)
    size = np.ceil(high - low).astype(int) + 2
    drawn = cv2.warpAffine(soft, matrix, (int(size[0]), int(size[1])), flags=cv2.INTER_LINEAR)
    seen = cv2.GaussianBlur(drawn, (0, 0), blur) * rng.uniform(0.65, 0.95) * 255
    seen = np.clip(seen + rng.normal(0, noise, seen.shape), 0, 255).astype(np.float32)
    return _cut(seen, max(0.28 * 0.8 * float(seen.max()), 3.5 * noise, 20.0))


def _cut(seen: Picture, weak: float) -> tuple[Picture, int, int] | None:
    """Cut the ink out as the reader does."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((seen > weak).astype(np.uint8), connectivity=8)
    if count < 2:
        return None
    kept = [index for index in range(1, count) if stats[index, 4] >= max(4, 0.1 * stats[1:, 4].max())]
    if not kept:
        return None
    left, top = stats[kept, :2].min(axis=0)
    right, bottom = (stats[kept, :2] + stats[kept, 2:4]).max(axis=0)
    part = seen[top:bottom, left:right].copy()
    part[labels[top:bottom, left:right] == 0] *= 0.5
    way = cv2.INTER_AREA if min(part.shape) > SIDE else cv2.INTER_LINEAR
    high = max(level_of(part, 0.97), 1.0)
    picture = np.clip(cv2.resize(part / high, (SIDE, SIDE), interpolation=way), 0, 1)
    return picture.astype(np.float32), int(right - left), int(bottom - top)


def _trained(rng: np.random.Generator, inputs: Floats, kinds: NDArray[np.intp]) -> list[Floats]:
    """Fit a small perceptron by Adam with a falling step and weight decay."""
    weights = fresh(rng, [inputs.shape[1], *HIDDEN, len(KINDS)])
    first = [np.zeros_like(value) for value in weights]
    second = [np.zeros_like(value) for value in weights]
    step, batch = 0, 256
    total = EPOCHS * (len(inputs) // batch)
    for _ in range(EPOCHS):
        order = rng.permutation(len(inputs))
        for start in range(0, len(order) - batch + 1, batch):
            chosen = order[start : start + batch]
            step += 1
            rate = 2e-3 * 0.5 * (1 + np.cos(np.pi * step / total)) + 1e-5
            slopes = _slopes(weights, inputs[chosen], kinds[chosen])
            for n, slope in enumerate(slopes):
                first[n] += 0.1 * (slope - first[n])
                second[n] += 0.001 * (slope**2 - second[n])
                move = first[n] / (1 - 0.9**step) / (np.sqrt(second[n] / (1 - 0.999**step)) + 1e-8)
                weights[n] -= rate * (move + (1e-2 * weights[n] if n % 2 == 0 else 0))
    return weights


def _slopes(weights: Sequence[Floats], inputs: Floats, kinds: NDArray[np.intp]) -> list[Floats]:
    values = forward(weights, inputs)
    target = np.full_like(values[-1], 0.01 / len(KINDS))
    target[np.arange(len(kinds)), kinds] += 0.99
    error = (values[-1] - target) / len(kinds)
    slopes: list[Floats] = []
    for index in range(len(weights) - 2, -1, -2):
        slopes[:0] = [values[index // 2].T @ error, error.sum(axis=0)]
        error = (error @ weights[index].T) * (values[index // 2] > 0)
    return slopes


if __name__ == "__main__":
    main()
