"""Whatever a scanner sends: what it is, whether it is expected here, and what to do."""
