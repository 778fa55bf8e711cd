"""Measures what the program reads right, how fast it is, and what it notices of planted faults; see README.md."""
