"""What the shop answers without a person."""
