"""Adversarial documents of known truth: every deviation of real pages on pages of our own."""
