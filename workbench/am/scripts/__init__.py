"""What a script is, sees and leaves: values only."""
