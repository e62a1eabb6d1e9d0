"""What the pages for families can write that no other page does."""
