"""What a realm knows of a token that somebody sent, and taking it back."""
