"""Where scripts are written, tried and kept."""
