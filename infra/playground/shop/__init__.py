"""La Tinaja's own web shop: what it sells, to whom, and how it tells the counter."""
