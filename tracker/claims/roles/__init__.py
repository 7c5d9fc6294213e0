"""Who did what to which place: the roles of a frame, found on the tree of a sentence."""
