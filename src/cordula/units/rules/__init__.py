"""What may follow what in the life of a unit, by part of that life."""
