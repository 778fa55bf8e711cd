"""An audit as pages, tables and workbooks for people."""
