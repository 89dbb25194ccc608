"""What resellers' orders want of their suppliers: asked, answered, and told on to the reseller."""
