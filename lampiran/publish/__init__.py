"""Publishing: turns a Plan and its Extraction into the files that people and programs use."""
