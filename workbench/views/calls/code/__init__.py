"""A request as code that sends it: one language a file."""
