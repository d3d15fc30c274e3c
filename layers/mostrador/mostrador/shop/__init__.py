"""What the shop's own system tells: customers, orders, shipments, refunds, products and stock."""
