"""Turns a surveyed PDF into an Extraction: `extract.pdf.document.read_pdf` is the way in."""
