"""What do all refusals of the ledger have in common? Whoever must fail closed catches this one."""


class Refused(Exception):
    """The ledger cannot vouch for this. The text says why, to the person who must now act."""
