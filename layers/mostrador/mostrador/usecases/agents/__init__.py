"""What agents do in Slack."""
