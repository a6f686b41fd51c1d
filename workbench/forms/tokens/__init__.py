"""Tokens laid open, drawn as a chain, and put on a time axis."""
