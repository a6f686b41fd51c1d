"""Dynamic registration of clients (RFC 7591), done with a realm."""
