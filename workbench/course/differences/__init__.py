"""The same questions to servers of every profile."""
