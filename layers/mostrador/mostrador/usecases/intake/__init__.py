"""What a provider brings, made durable, understood, and put where it belongs."""
