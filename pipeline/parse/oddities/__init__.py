"""What is printed oddly and read with certainty: notes, so that nothing is put right in silence."""
