"""What can be recorded of a child's course, one form for each kind of event."""
