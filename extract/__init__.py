"""A decree file turned into an Extraction: pages, grids and text exactly as seen; nothing of plans is known here."""
