"""What initiatives do when something happened elsewhere. Nothing yet."""
