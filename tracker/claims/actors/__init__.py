"""Who can hold ground, and which words of a text name them."""
