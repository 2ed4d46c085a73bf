"""The book on paper: one long page made of all pages of the site, which a browser prints into a PDF with outline and numbers.

Begin with `document.py`, which puts all together; `tools/pdf.py` has a browser print it. Nothing here needs Sphinx or a
browser: it reads the site's pages, and what has been printed.
"""
