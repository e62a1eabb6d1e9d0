"""What does every page share? Its look, its parts, its icons, and what a browser may do with it."""
