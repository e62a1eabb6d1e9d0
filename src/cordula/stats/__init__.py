"""Estimators, boundaries, posteriors and named random streams: a craft that knows nothing of cord blood."""
