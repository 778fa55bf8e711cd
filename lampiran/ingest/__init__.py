"""Folders, lists and addresses of decrees -> a store of results that every later run adds to."""
