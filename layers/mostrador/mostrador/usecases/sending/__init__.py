"""Answers on their way out, and where they end up."""
