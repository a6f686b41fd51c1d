"""A bench in a file, saved whole or kept with each request; a file runs no code."""
