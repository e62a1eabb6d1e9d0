"""The cell laboratory: the bench, what comes in, the freezer, and the signature that lets a unit go."""
