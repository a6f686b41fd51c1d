"""The APIs next door: resource servers that decide on the subject and who acts."""
