"""Who can act for whom in a realm: a picture, a table and sentences of one finding."""
