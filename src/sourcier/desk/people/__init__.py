"""Who may enter the desk, and what they may do there."""
