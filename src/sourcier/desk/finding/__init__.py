"""Finding things at the desk: what filters and search queries ask, and how words are compared. Pure."""
