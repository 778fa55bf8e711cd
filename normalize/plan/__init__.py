"""Rows turned into the areas, components and actions of a plan."""
