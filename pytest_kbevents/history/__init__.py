"""What happened: every committed revision that matters, in order, and what can be read off it.

May live here: revisions, the state they add up to, pure judgements over them, and how they are told to a person. May
not: anything that acts on a cluster, and anything that samples.
"""
