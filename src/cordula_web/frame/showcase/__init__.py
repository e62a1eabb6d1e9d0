"""Every part of the pages in every state, from invented data, to be looked at and tested without a database."""
