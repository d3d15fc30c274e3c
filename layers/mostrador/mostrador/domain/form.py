"""The contact form of the shop's page."""

FORM = "form"
"""The channel. An address on it is a mail address that somebody typed: nobody proved that it is theirs."""

ANSWERED_BY = "email"
"""The channel by which what came in by the form is answered."""
