"""The live chat, beside what every channel does."""
