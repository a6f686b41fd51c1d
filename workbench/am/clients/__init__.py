"""Clients and AI agents, their groups, keys and subjects."""
