"""A token laid open, beside others, and over time."""
