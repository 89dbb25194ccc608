"""Deliveries: who is offered them, who carries them, and how they end."""
