"""What a conversation's thread shows."""
