"""A scanned page turned into a straight, evenly lit picture, and what each of its pixels is."""
