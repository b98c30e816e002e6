"""Looking at a site before it is crawled: one list page, or the way from a home page to lists."""
