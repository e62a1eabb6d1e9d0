"""The field's words as value types: quantities, identifiers, measures, tests, and the heart's diagnoses."""
