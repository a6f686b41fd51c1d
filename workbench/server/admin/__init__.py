"""AM's REST interface for an administrator; what it changes, the realm changes."""
