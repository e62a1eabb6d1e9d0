"""How does a file become a circuit, and what is refused on the way?"""
