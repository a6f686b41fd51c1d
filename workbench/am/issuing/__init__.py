"""What is done with a realm to issue a token: scripts run, claims are signed."""
