"""A call as steps that one plays: values first, then what is drawn of each."""
