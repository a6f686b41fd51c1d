"""Exercises: what is asked, how an answer is judged by what it does, and hints."""
