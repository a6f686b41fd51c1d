"""One endpoint of a realm a file, and the table of their paths."""
