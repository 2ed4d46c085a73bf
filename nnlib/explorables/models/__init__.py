"""What figures share, and what one figure computes with and is a subject of its own; no picture is made here."""
