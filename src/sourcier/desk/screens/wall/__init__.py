"""The wall: what moves, its filters, its map and timeline, the search, the line above the panes."""
