"""Taking money: an attempt from the customer's yes to its end."""
