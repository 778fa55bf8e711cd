"""How fast the program is, compared with its own recognisers and with other readers."""
