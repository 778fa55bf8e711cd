"""Results of many decrees -> databases, Parquet, a data package, JSON Lines; and back."""
