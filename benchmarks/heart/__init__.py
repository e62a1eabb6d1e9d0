"""How fast is the heart, against solvers that others wrote? Ratios in one run, processor time."""
