"""What one piece of something costs a customer now, and why."""
