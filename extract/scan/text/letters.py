"""The characters that a line of these documents can hold, and what look-alikes stand for."""

from __future__ import annotations

import string

# The sign × is left out: it is printed for an x and read for one. √ and its like are read in mark columns by ink; here they are kept so that a mark in a text line shows.
READABLE = frozenset(string.ascii_letters + string.digits + string.punctuation + " –—‘’“”•…°§√✓✔●■□")
