"""Three explanations of the heart for parents: the same for everybody, about no child, asking nothing."""
