"""The risk-scoring services as the tools of one MCP server, and who calls them."""
