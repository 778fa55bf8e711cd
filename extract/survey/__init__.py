"""What a file is, before anything of it is read: its kind, its damage, its pages."""
