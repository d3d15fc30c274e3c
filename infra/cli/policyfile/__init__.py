"""Reads the policy file that people write: checks all of it, and compiles it into what functions read."""
