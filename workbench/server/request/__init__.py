"""A request read but not yet believed: its parameters, its client, its session."""
