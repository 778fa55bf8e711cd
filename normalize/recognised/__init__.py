"""Recognised lines turned into decided words: what each may be, by which evidence, and how likely that is right."""
