"""What customers, sellers and riders may ask about their money: the ports of one turn."""
