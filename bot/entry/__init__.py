"""Getting in: links, QR codes and pages that lead people into a conversation with a shop."""
