"""What Meta's products share: one callback, one signature, one Graph API."""
