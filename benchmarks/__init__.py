"""How fast is it? Ratios measured in one run, on one machine, never bare times."""
