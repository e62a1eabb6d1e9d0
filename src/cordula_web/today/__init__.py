"""What is to be done, in order of its deadline, and the search that goes straight to a thing."""
