"""What if, why, and from what? The questions a clinician and a trialist put to a circulation."""
