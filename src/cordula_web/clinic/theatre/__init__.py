"""At the theatre door and in theatre: what is scanned, thawed, drawn up, given, or not given."""
