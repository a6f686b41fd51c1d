"""What holds for a whole realm: the provider's settings, and the profile."""
