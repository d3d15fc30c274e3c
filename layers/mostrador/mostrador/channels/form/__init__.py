"""The contact form: what is typed on a page of ours comes in, and the answers go out by mail."""

from mostrador.channels.form.channel import FormChannel

__all__ = ["FormChannel"]
