"""What is done to a unit: each deed is one form, one kind of event, and one small page."""
