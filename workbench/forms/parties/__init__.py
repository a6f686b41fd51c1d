"""What an administrator fills in for groups, and for the people of a realm."""
