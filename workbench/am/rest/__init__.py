"""AM's JSON of clients, groups, scripts and settings, read and told as values."""
