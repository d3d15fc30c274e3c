"""What every table of phrases holds."""

type Phrase = dict[str, str]
"""A sentence by language."""
