"""The pages that shoppers open."""
