"""What goes into a token before scripts see it: pure functions."""
