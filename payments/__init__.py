"""Taking money through Mobile Money and giving it back: rails, attempts, refunds, reconciliation."""
