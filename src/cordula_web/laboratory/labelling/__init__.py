"""Labels: chosen, printed, and scanned back. Until it was scanned back, a label does not count as printed."""
