"""Figures corrected by hand, as data with a reason. What is printed stays what it is."""
