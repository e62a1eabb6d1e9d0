"""Four screens for one hand: start, match, collect, hand over. The app never hurries and never overrules."""
