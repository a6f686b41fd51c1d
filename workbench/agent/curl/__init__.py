"""A curl command as it is typed, read into the request that curl would send."""
