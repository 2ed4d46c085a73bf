"""What builds the book: Sphinx extensions, the browser's Python, the lab. Nothing of it travels to a reader."""
