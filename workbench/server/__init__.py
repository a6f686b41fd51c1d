"""PingAM's URLs as one WSGI application."""
