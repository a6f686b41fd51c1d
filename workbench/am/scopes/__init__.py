"""Reading scopes, and what policies and scripts say of them: no state."""
