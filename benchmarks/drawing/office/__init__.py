"""Plans as office programs print them."""
