"""Escaping, tables and drawing that every view uses."""
