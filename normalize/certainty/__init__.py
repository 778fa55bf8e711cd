"""How sure each recognised value of a plan is, weighed once everything is read."""
