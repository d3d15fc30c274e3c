"""Twilio's Programmable Voice: calls that follow the shop's documents, and the telephones at both ends."""
