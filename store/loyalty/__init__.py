"""Points: earned on delivery, spent on orders, lost when they are old; every movement is an entry."""
