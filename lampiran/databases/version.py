"""The version of what is published: one more each time a table, a column or a view of many decrees changes."""

VERSION = 2
NAME = "lampiran_schema"  # of the table, or the property of a file, that states it
