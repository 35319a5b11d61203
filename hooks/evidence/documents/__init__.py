"""A written page as parts and sections, and the ways through all that a review holds: records of text, open to all rooms above."""
