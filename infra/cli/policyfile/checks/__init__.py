"""What is wrong with a policy although each of its lines can be read: names of nothing, contradictions, traps."""
