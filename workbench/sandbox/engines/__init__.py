"""Where scripts run: processes and their limits."""
