"""Meta's WhatsApp Cloud API: Graph for the shop, webhooks from the people."""
