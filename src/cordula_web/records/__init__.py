"""The ledger's tables: one door in, all questions out, and an audit that recomputes everything."""
