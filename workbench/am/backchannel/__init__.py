"""Requests that a person answers on a device of their own (OpenID CIBA Core 1.0)."""
