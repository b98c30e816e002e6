"""One agency's reports of two years side by side, and one year's reports of two agencies."""
