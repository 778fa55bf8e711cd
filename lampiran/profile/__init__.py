"""A decree's plan -> the profile of its form, as YAML and as a page; and back from YAML."""
