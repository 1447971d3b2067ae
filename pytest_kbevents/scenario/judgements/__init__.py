"""What a step can assert: one file a verb. A judgement reads the history, revision by revision, and changes nothing."""
