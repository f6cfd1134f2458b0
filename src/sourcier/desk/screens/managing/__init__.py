"""What is set and kept around the stories: people, rules, notices, cards, the journal."""
