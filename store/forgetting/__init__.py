"""A person is taken out of the books, and the books stay: what was sold, paid and delivered adds up as
before, and names nobody."""
