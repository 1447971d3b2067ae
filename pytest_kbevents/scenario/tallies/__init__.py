"""What can be counted: one file a thing. A tally reads what came after a mark."""
