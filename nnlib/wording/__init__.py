"""How nnlib words what it says: in signs that can be shown, and with our names for what others name otherwise."""
