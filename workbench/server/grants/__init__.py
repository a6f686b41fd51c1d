"""One grant type a file, and the table of them."""
