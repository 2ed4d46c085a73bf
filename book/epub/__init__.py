"""The book as one file for readers of books, EPUB 3.3, out of the pages that are built."""
