"""What an agent sends and what came back, as a person reads it."""
