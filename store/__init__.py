"""The books: what is sold, ordered, held, delivered and said, and the rules that keep it right."""
