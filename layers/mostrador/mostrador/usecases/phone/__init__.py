"""Calls, while they last and after."""
