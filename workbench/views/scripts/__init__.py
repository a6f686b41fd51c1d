"""A script, who uses it, what the linter says of it, and what came of running it."""
