"""What editors see and send: the wall, one event, the composer."""
