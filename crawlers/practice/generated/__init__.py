"""A province of any size from a seed: every page is made when it is asked for."""
