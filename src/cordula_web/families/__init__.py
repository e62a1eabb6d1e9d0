"""Families: what parents may read without signing in, and without being counted."""
