"""The chain of subject and actors as picture and text."""
