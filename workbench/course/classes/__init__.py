"""Classes: a code that a learner hands in, and what a trainer makes of many."""
