"""Faults of notebooks and of built pages are found: each is planted on purpose, alone, and the check must name it."""

from record import claim, passed

FILES = {"notebooks": "tests/notebooks/test_notebooks.py", "pages": "tests/book/test_book.py"}

with claim("planted") as figures:
    figures |= {what: passed(f"{file}::test_a_planted_fault_is_found") for what, file in FILES.items()}
