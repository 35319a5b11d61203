"""Hostile input: a matrix of cases, libraries in the manner of reference managers, and a runner that bounds time and memory."""
