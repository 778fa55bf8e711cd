"""The head of a table turned into a Form: which column holds what."""

from normalize.form.header_bounds import bounded
from normalize.form.headers import HeadSplit, split_heads
from normalize.form.model import Column, Form
from normalize.form.title_headers import with_title_names

__all__ = ["Column", "Form", "HeadSplit", "bounded", "split_heads", "with_title_names"]
