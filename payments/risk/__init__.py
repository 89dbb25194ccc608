"""How unusual a payment is, and what that means before anybody is asked for money."""
