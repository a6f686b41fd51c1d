"""What an agent sends and what came back."""
