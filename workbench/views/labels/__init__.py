"""PingAM's own labels for settings and fields."""
