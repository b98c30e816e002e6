"""A province to practise on: sites of our own making on loopback, with known truth and faults."""
