"""Turns wordfreq's frequency lists into the two word lists under lampiran/data/lexicon/.

Run it in an environment that holds `wordfreq==3.1.1` (`uv run --no-project --with wordfreq==3.1.1
python scripts/build_lexicon.py`). Same input, same bytes: the words are sorted and the gzip header
carries no time and no name.
"""

from __future__ import annotations

import gzip
import importlib.metadata
import io
import re
from collections import defaultdict
from pathlib import Path

from wordfreq import get_frequency_dict, zipf_frequency

TARGET = Path(__file__).resolve().parent.parent / "lampiran" / "data" / "lexicon"
WORD = re.compile(r"[a-z]{2,}")

# Floors on the Zipf scale (log10 of occurrences per billion words). The Indonesian list is kept to
# its end, which wordfreq itself sets at 3.0; of the English one only words that somebody who writes
# Indonesian is likely to borrow, and no short ones, which look too much like damaged Indonesian.
FLOORS = {"id": 3.0, "en": 3.5}
SHORTEST = {"id": 2, "en": 5}

HEADER = """\
# Word list "{language}" of lampiran, made by scripts/build_lexicon.py from wordfreq {version} (R. Speer).
# Licence of this file: Creative Commons Attribution-ShareAlike 4.0 (see LICENSE.md beside it).
# A line: ten times the Zipf frequency, then the words of that band.
"""


def bands(language: str) -> dict[int, list[str]]:
    """Return the words of a language by their band, a tenth of a Zipf step wide."""
    found: dict[int, list[str]] = defaultdict(list)
    for word in get_frequency_dict(language, wordlist="small"):
        if WORD.fullmatch(word) is None or len(word) < SHORTEST[language]:
            continue
        zipf = zipf_frequency(word, language, wordlist="small")
        if zipf >= FLOORS[language]:
            found[round(zipf * 10)].append(word)
    return found


def render(language: str) -> bytes:
    """Return the list of a language as deterministic gzip."""
    lines = [HEADER.format(language=language, version=importlib.metadata.version("wordfreq"))]
    for band, words in sorted(bands(language).items(), reverse=True):
        lines.append(f"{band} {' '.join(sorted(words))}\n")
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=buffer, mode="wb", compresslevel=9, mtime=0) as out:
        out.write("".join(lines).encode("utf-8"))
    return buffer.getvalue()


def main() -> None:
    """Write both lists."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for language in FLOORS:
        (TARGET / f"words.{language}.txt.gz").write_bytes(render(language))


if __name__ == "__main__":
    main()
