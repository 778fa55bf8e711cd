"""Files that mean harm: small generators of each kind, and the program run on them under limits."""
