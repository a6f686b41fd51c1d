"""What the pages of ``forms`` share: base class, fields, faces."""
