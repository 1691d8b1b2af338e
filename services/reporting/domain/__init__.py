"""What reporting decides, and what the things it shows are called."""
