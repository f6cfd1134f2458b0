"""What anybody may ask for: the live page, its files, the read API, embeds."""
