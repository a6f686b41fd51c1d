"""The flows that lessons and commands start from, each with its requests."""
