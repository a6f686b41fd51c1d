"""What the server answers, for programs (OpenAPI 3.1), out of the tables it answers by.

It is the workbench's own: PingAM has no such description of these endpoints.
"""
