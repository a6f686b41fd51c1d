"""What PingAM knows and decides: no HTTP, no widgets, no script engine."""
