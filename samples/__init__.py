"""Turns a checkout into a place to try things: sample decrees, their truth, and what draws them."""
