"""Turns a truth file (`samples/*.truth.json`) into the PDF of the decree that it describes."""
