"""A learner's own folder of lessons: what was laid out is known, the rest is theirs."""
