"""Pictures of goods between the turn in which they came and the customers who see them."""
