"""What a cart comes to: deductions from the goods and the fee, and the tax on what is left."""
