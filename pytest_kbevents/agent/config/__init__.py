"""What an agent reads: its environment, once, and the JSON of a call. Nothing here does anything about it."""
