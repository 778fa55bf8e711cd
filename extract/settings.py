"""The limits of the reader: how much of a stranger's file is read at most."""

from __future__ import annotations

from schema.settings import Settings


class Limits(Settings, section="limits"):
    """What a file may hold at most; the file of settings says why, and what happens beyond."""

    file_bytes: int
    read_step: int
    pipe_opened: float
    pipe_silent: float
    held_bytes: int
    result_bytes: int
    pages: int
    objects: int
    page_bytes: int
    document_bytes: int
    letter_bytes: int
    painted_pixels: int
    picture_pixels: int
    filters: int
    codes: int
    notes: int
    texts: int
    marks: int
    functions: int
    functions_deep: int
    checked_bytes: int
    workbook_bytes: int
    page_objects: int
    form_depth: int
    survey_form_depth: int
    object_depth: int
    tree_depth: int
    form_fields: int
    form_walk: int
    rulings: int
    grid_boxes: int
    drawn_pixels: int
    document_area: float
    second_reader_side: float
    text_objects: int
    visibility: int
    clips: int
    clip_points: int
    span: int
    field_letters: int
    row_lines: int
    transcript_letters: int
    transcript_lines: int
    transcript_tables: int
    transcript_cells: int
    covered_cells: int
    cell_letters: int
    columns: int
    workbook_parts: int
    workbook_tags: int
    workbook_name: int
    sheets: int


LIMITS = Limits.load("extract")
