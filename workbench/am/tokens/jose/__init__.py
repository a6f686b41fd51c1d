"""Signing, encrypting and keys as JOSE has them; knows no token of AM."""
