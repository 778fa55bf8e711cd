"""The characters that a line of these documents can hold; recognisers that know more are held to them."""

from __future__ import annotations

import string

# The sign × is left out: it is printed for an x and read as one. √ and its like are read by ink in columns of
# marks; here they are kept so that a mark in a line of text shows.
# Signs of programs that no decree prints are what a worn I, l, ( or dirt is read as.
UNPRINTED = frozenset("|~^`{}\\")
READABLE = (
    frozenset(string.ascii_letters + string.digits + string.punctuation + " –—‘’“”•…°§√✓✔●■□") - UNPRINTED
)
