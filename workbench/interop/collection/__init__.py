"""A history as a file for other programs, with names in place of secrets."""
