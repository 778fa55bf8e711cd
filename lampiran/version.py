"""The installed package's metadata -> the version of the program."""

from __future__ import annotations

from importlib.metadata import version

__version__ = version("lampiran")
