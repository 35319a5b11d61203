"""Tests in a real browser; a package, so that its conftest does not stand in the way of the one above."""
