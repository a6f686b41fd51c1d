"""What a learner has done, kept in the learner's own folder."""
