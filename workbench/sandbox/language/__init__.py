"""Reads, refuses and translates scripts; runs nothing."""
