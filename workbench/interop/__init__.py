"""Files of AM's neighbours: what they hold is read here, and changes no realm."""
