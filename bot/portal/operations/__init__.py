"""What the people who run a site see of it: health, metrics, logs."""
