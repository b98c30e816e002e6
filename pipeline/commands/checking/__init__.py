"""`nianbao check`: findings placed on the page, explained, and shown as text, JSON or a page."""
