"""What an assertion can be about: one file a subject. A subject reads a state of the history, and nothing else."""
