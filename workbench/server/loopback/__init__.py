"""What stands between a port and the application: whole requests alone get through."""
