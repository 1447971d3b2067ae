"""What a new replica has to do before it starts: loading its data from another Pod."""
