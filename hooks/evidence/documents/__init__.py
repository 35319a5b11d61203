"""A written page as parts and sections, and the ways through all that a review holds: the files and records, and themes within themes. Open to all rooms above."""
