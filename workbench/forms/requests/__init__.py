"""What an agent sends, and why the server answered as it did."""
