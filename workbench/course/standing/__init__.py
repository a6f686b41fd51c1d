"""How far a learner is: lessons, exercises and labs, by the record of a folder."""
