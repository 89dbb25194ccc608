"""Where providers knock: one thin blueprint per provider."""
