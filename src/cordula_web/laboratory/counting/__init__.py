"""A count at the bench: what is measured now, what it was before, what follows from it."""
