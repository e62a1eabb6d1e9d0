"""Reading a protocol file: its tables, its words and numbers, and everything that can be wrong with it."""
