"""What does a change in this heart mean? A model beside the record: nothing typed here is kept, nothing shown is a forecast."""
