"""The pages of runs, in a browser."""
