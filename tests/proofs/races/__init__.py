"""Everything that can be done at a gate, done at once."""
