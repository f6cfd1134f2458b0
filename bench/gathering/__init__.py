"""What gathering costs: many doors polled, and how soon what they give is on the live page."""
