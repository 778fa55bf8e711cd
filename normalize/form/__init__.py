"""The header of a table turned into a Form: which column holds what."""

from normalize.form.header_bounds import bounded
from normalize.form.headers import HeaderSplit, split_headers
from normalize.form.model import Column, Form
from normalize.form.title_headers import with_title_names

__all__ = ["Column", "Form", "HeaderSplit", "bounded", "split_headers", "with_title_names"]
