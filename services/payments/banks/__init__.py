"""What files from and to banks look like: one file per bank format, and which bank has which."""
