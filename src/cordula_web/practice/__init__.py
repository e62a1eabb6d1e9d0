"""The practice programme: infants who do not exist, played through the same one door as everybody."""
