"""What would make a rule pass, by who can change it; rules name their remedies."""
