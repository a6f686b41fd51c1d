"""Files as frodo and fr-config-manager lay them out: read into a plan, and written."""
