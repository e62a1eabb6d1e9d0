"""What the world knows, for those who treat, those who plan a trial, and the board."""
