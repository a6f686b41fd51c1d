"""A use case's requests as a sequence diagram."""
