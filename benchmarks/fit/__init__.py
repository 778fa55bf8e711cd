"""What makes the fitted data of the program."""
