"""How alike two texts and two rows are: what comparisons and audits share."""
