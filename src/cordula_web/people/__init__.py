"""Who may do what, where: accounts, sites, roles, and the names that can be erased."""
