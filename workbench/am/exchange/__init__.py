"""May this exchange happen? Pure rules over plain values; no realm."""
