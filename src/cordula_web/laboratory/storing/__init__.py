"""The freezers: their places, what stands in them, and what the temperature did."""
