"""Time, identifiers, checks and hiding: imports nothing else of ``am``."""
