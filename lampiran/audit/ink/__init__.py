"""The proof by ink: every dark pixel of a page and what explains it."""
