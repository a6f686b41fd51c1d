"""People, their sessions and their authorization codes."""
