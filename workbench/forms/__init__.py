"""What an administrator fills in, as widgets."""
