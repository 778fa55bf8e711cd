"""Plans and months -> what is due, for which team, with which evidence; as values and as a calendar."""
