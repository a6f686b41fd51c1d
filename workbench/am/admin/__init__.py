"""One store a file for what an administrator registers, and the audit trail."""
