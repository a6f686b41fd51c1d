"""What a worker does for a question: it reads, looks and runs, within one budget."""
