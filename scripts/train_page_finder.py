"""Trains the page finder (extract/scan/page/page_finder.onnx) on drawn parts of pages.

`python scripts/train_page_finder.py draw FOLDER FONTS... [--count 6000]`, then
`python scripts/train_page_finder.py train FOLDER [--steps 5500] [-o FILE]`

`draw` draws parts of pages with `finder_pages.py` and their maps into FOLDER (3 GB for 6,000), 120 more from other seeds to
measure by. `train` learns from them while they are still being drawn, says how well the maps are found (F1 by pixel), and
writes the network. It needs PyTorch and onnx, which the project does not depend on: `pip install torch onnx`.

The network is a small U-Net of 0.3 million weights with long horizontal and vertical kernels, through which it sees on where
a ruling is broken. It halves the page at once, so that a page of 150 dpi takes a third of a second on two cores.
"""

from __future__ import annotations

import argparse
import gzip
from pathlib import Path

import cv2
import numpy as np
import torch
from finder_copies import composed, copied
from finder_pages import FOREIGN, HORIZONTAL, PRINT, SIDE, VERTICAL, Part, Rng, Words, part
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "extract/scan/page/page_finder.onnx"
LEXICON = ROOT / "lampiran/data/lexicon/words.id.txt.gz"
DRAWN_SEED, MEASURED_SEED, TRAIN_SEED = 11, 999, 5
MEASURED = 120
CROP, BATCH, RATE = 256, 8, 4e-3
BITS = (HORIZONTAL, VERTICAL, PRINT, FOREIGN)
WEIGHTS = (1.0, 1.0, 0.6, 0.8)  # of the four maps in the loss
WIDTHS = (12, 24, 40, 56, 64)  # channels at a half, a quarter, ... of the page
CONTRAST = 40  # grey levels between print and paper below which a copy is drawn again: nobody could read it


class Block(nn.Sequential):
    """A convolution with what belongs to it."""

    def __init__(self, given: int, made: int, side: int = 3, stride: int = 1) -> None:
        super().__init__(
            nn.Conv2d(given, made, side, stride, side // 2, bias=False),
            nn.BatchNorm2d(made),
            nn.ReLU(inplace=True),
        )


class Strips(nn.Module):
    """Each channel seen along a horizontal and a vertical strip."""

    def __init__(self, channels: int, reach: int) -> None:
        super().__init__()
        self.a = nn.Conv2d(
            channels, channels, (1, reach), padding=(0, reach // 2), groups=channels, bias=False
        )
        self.b = nn.Conv2d(
            channels, channels, (reach, 1), padding=(reach // 2, 0), groups=channels, bias=False
        )
        self.mix = Block(3 * channels, channels, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the channels mixed with their strips."""
        mixed: torch.Tensor = self.mix(torch.cat([x, self.a(x), self.b(x)], 1))
        return mixed


class Finder(nn.Module):
    """Grey (n, 1, h, w), -0.5 to 0.5, sides multiples of 32, to four maps of log odds (n, 4, h, w)."""

    def __init__(self) -> None:
        super().__init__()
        a, b, c, d, e = WIDTHS
        self.stem, self.e1 = Block(1, a, 5, 2), Block(a, a)
        self.d2, self.e2 = Block(a, b, 3, 2), nn.Sequential(Block(b, b), Strips(b, 11))
        self.d3, self.e3 = Block(b, c, 3, 2), nn.Sequential(Block(c, c), Strips(c, 15))
        self.d4, self.e4 = Block(c, d, 3, 2), nn.Sequential(Block(d, d), Strips(d, 15))
        self.d5, self.e5 = Block(d, e, 3, 2), nn.Sequential(Block(e, e), Strips(e, 15))
        self.u4, self.u3, self.u2, self.u1 = (
            Block(e + d, d),
            Block(d + c, c),
            Block(c + b, b),
            Block(b + a, 16),
        )
        self.out = nn.Conv2d(16, 16, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the log odds of the four maps."""
        kept = [self.e1(self.stem(x))]
        for down, same in ((self.d2, self.e2), (self.d3, self.e3), (self.d4, self.e4), (self.d5, self.e5)):
            kept.append(same(down(kept[-1])))
        found = kept.pop()
        for up in (self.u4, self.u3, self.u2, self.u1):
            larger = functional.interpolate(found, scale_factor=2.0, mode="nearest")
            found = up(torch.cat([larger, kept.pop()], 1))
        return functional.pixel_shuffle(self.out(found), 2)


class Served(nn.Module):
    """The network as it is stored: bytes in, bytes out."""

    def __init__(self, finder: Finder) -> None:
        super().__init__()
        self.finder = finder

    def forward(self, page: torch.Tensor) -> torch.Tensor:
        """Return chances of 0 to 255."""
        chances = torch.sigmoid(self.finder(page.to(torch.float32) / 255 - 0.5))
        return (chances * 255 + 0.5).to(torch.uint8)


def draw(folder: Path, fonts: list[Path], count: int) -> None:
    """Draw the parts to measure by and those to learn from."""
    faces = sorted({str(f) for root in fonts for f in root.rglob("*.[to]tf")})
    listed = gzip.decompress(LEXICON.read_bytes()).decode().split()
    words = Words(tuple(word for word in listed if word.isalpha()), tuple(faces))
    for name, seed, many in (("measured", MEASURED_SEED, MEASURED), ("drawn", DRAWN_SEED, count)):
        pages, maps = (
            np.lib.format.open_memmap(
                folder / f"{name}.{kind}.npy", mode="w+", dtype=np.uint8, shape=(many, SIDE, SIDE)
            )
            for kind in ("pages", "maps")
        )
        rng, before, done = np.random.default_rng(seed), None, 0
        while done < many:
            made = part(rng, words)
            for found in _copies(rng, made, before):
                if done < many:
                    pages[done], maps[done] = found
                    done += 1
            (folder / f"{name}.count").write_text(str(done))
            before = made


def _copies(rng: Rng, made: Part, before: Part | None) -> list[tuple[NDArray[np.uint8], NDArray[np.uint8]]]:
    """Return two legible copies of a part, fewer where none came out legible."""
    found = []
    for _ in range(2):
        picture, maps = composed(rng, made, before)
        for _ in range(4):
            page, own = copied(rng, picture, maps)
            if _is_legible(page, own):
                found.append((page, own))
                break
    return found


def _is_legible(page: NDArray[np.uint8], maps: NDArray[np.uint8]) -> bool:
    printed, bare = page[(maps & PRINT) > 0], page[maps == 0]
    if not len(printed) or not len(bare):
        return True
    paper = float(np.median(bare))
    return bool(
        paper - np.percentile(printed, 15) > CONTRAST or np.percentile(printed, 85) - paper > 1.5 * CONTRAST
    )


def train(folder: Path, steps: int, out: Path) -> None:
    """Learn, measure now and then, and write the network."""
    torch.manual_seed(TRAIN_SEED)
    rng = np.random.default_rng(TRAIN_SEED)
    net = Finder()
    pages, maps = _stored(folder, "drawn")
    step = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-4)
    rate = torch.optim.lr_scheduler.OneCycleLR(step, RATE, total_steps=steps, pct_start=0.1)
    for number in range(1, steps + 1):
        drawn = max(BATCH, int((folder / "drawn.count").read_text()))
        x, y = zip(*(_sample(rng, pages[k], maps[k]) for k in rng.integers(0, drawn, BATCH)), strict=True)
        loss = _loss(net(torch.from_numpy(np.stack(x))[:, None]), _targets(np.stack(y)))
        step.zero_grad()
        loss.backward()
        step.step()
        rate.step()
        if number % 500 == 0 or number == steps:
            print(number, [round(f1, 4) for f1 in _measured(net, folder)], flush=True)
    net.eval()
    names = {"input_names": ["page"], "output_names": ["maps"]}
    sides = {2: "height", 3: "width"}
    torch.onnx.export(
        Served(net), (torch.zeros(1, 1, CROP, CROP, dtype=torch.uint8),), str(out), opset_version=17,
        dynamic_axes={"page": sides, "maps": sides}, dynamo=False, **names,
    )  # fmt: skip


def _stored(folder: Path, name: str) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    return np.load(folder / f"{name}.pages.npy", mmap_mode="r"), np.load(
        folder / f"{name}.maps.npy", mmap_mode="r"
    )


def _sample(
    rng: Rng, page: NDArray[np.uint8], maps: NDArray[np.uint8]
) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Return a crop of a part, at random turned over, laid on its side and made darker or lighter."""
    i, j = rng.integers(0, SIDE - CROP + 1, 2)
    x, y = page[i : i + CROP, j : j + CROP], maps[i : i + CROP, j : j + CROP]
    if rng.random() < 0.5:
        x, y = x[:, ::-1], y[:, ::-1]
    if rng.random() < 0.5:
        x, y = x[::-1], y[::-1]
    if rng.random() < 0.15:
        x, y = x.T, y.T
        y = ((y & (PRINT | FOREIGN)) | ((y & HORIZONTAL) << 1) | ((y & VERTICAL) >> 1)).astype(np.uint8)
    grey = x.astype(np.float32) / 255
    if rng.random() < 0.3:
        grey = grey ** np.float32(rng.uniform(0.6, 1.6))
    return np.ascontiguousarray(grey - 0.5), np.ascontiguousarray(y)


def _targets(maps: NDArray[np.uint8]) -> torch.Tensor:
    return torch.stack([(torch.from_numpy(maps) & bit) > 0 for bit in BITS], 1).float()


def _loss(found: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Return cross entropy and Dice's loss of the maps, weighted."""
    cross = functional.binary_cross_entropy_with_logits(found, wanted, reduction="none").mean((0, 2, 3))
    chances = torch.sigmoid(found)
    both = (chances * wanted).sum((0, 2, 3))
    dice = 1 - (2 * both + 50) / ((chances * chances).sum((0, 2, 3)) + wanted.sum((0, 2, 3)) + 50)
    return (torch.tensor(WEIGHTS) * (4 * cross + dice)).sum()


def _measured(net: Finder, folder: Path) -> list[float]:
    """Return each map's F1 over the pixels of the parts that were not learnt."""
    pages, maps = _stored(folder, "measured")
    counts = torch.zeros(3, len(BITS))
    net.eval()
    with torch.no_grad():
        for k in range(0, len(pages), 4):
            x = torch.from_numpy(pages[k : k + 4].astype(np.float32) / 255 - 0.5)[:, None]
            found, wanted = net(x) > 0, _targets(np.array(maps[k : k + 4])) > 0.5
            for row, both in enumerate((found & wanted, found & ~wanted, ~found & wanted)):
                counts[row] += both.sum((0, 2, 3))
    net.train()
    hit, false, missed = counts
    return [float(f1) for f1 in 2 * hit / (2 * hit + false + missed)]


def main() -> None:
    """Draw or train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("draw", "train"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("fonts", type=Path, nargs="*", help="folders with fonts to draw with")
    parser.add_argument("--count", type=int, default=6000)
    parser.add_argument("--steps", type=int, default=5500)
    parser.add_argument("-o", "--output", type=Path, default=OUT)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    if options.what == "draw":
        draw(options.folder, options.fonts, options.count)
    else:
        train(options.folder, options.steps, options.output)


if __name__ == "__main__":
    main()
