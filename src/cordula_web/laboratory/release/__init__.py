"""The release of a unit: the certificate, the statement, and the signatures under it."""
