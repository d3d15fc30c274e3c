"""The pages that the counter serves to browsers by itself, and what browsers send back from them."""
