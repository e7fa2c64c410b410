"""What is proved by many trials: a short form in every run, the long one by `./dev prove`."""
