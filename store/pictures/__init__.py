"""Pictures of goods, as sellers send them: wanted, fetched, kept and shown."""
