"""What a step can do: one file a verb. An operation is read from a step, checked, and carried out on a stage."""
