"""Objects into what people look at: HTML, SVG, text, curl, tables."""
