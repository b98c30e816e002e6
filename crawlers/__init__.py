"""SITE -> CAPTURE: the only code that talks to agency sites."""
