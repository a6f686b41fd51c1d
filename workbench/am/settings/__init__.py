"""PingAM's settings under its own names, and where servers differ."""
