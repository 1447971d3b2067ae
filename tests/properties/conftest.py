"""Properties: what holds for whatever comes."""
