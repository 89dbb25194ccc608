"""From a verified message to a row of the inbox: our address, its shop, the person, and the text."""
