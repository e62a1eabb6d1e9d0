"""Make any sequence of bytes tamper-evident, by published formats only; it knows nothing of cord blood.

Entries are canonical JSON, hashed into the tree of RFC 6962. Signed checkpoints, cosigned by witnesses, say how
far the ledger had grown, and a proof shows an entry to be in it without a network. Start at `proof.check`.
"""
