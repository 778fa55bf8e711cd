"""How right the program is on samples, drawn documents and public files."""
