"""Tokens, their keys and formats: knows no realm."""
