"""What the `nianbao` commands do; `pipeline.cli` declares them."""
