"""Runs may act scripts in a process of their own."""
