"""Dry runs: a script of any kind tried, for what is never issued, sent or kept."""
