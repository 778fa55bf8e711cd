"""Any text -> a slug that every file system accepts as the name of a folder."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LONGEST = 80
# Device names of Windows, which no file or folder may bear, whatever its ending.
_RESERVED = re.compile(r"con|prn|aux|nul|clock|conin|conout|com\d|lpt\d")


def slug_of(name: str) -> str:
    """Return `name` as lower-case ASCII letters and digits parted by single hyphens.

    At most 80 characters, never empty, never a reserved device name. Hand in a file's name without
    its ending. A name without a single Latin letter or digit becomes `x-` and the first eight digits
    of its sha256. A slug is its own slug.
    """
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    slug = "-".join(re.findall(r"[a-z0-9]+", ascii_only.lower()))[:_LONGEST].rstrip("-")
    if not slug:
        return "x-" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"x-{slug}" if _RESERVED.fullmatch(slug) else slug
