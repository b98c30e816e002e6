"""The Dagster shell: assets, partitions, checks and schedules over the steps of the command."""
