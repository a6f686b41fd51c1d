"""The use cases that lessons and commands start from."""
