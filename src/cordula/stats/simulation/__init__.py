"""Trials drawn at random, fast: counter-based numbers, patients, statistics at each look. Nothing here knows a protocol."""
