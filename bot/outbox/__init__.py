"""What goes out: the queue in the books, its delivery, and the receipts that come back."""
