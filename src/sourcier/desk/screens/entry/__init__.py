"""An event and the entry being written: what it shows, checks, keeps, puts together and lets out."""
