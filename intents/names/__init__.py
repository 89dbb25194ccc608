"""A shop's names made ready for comparing, and how alike what people write is to them."""
