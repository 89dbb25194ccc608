"""What the conversation does next: (state, input) -> (state, reply). No clock, network, Flask or SQL."""
