"""How is any circuit carried through a beat: one set of rules, compiled over lanes of infants, and its plain twin."""
