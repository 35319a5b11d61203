"""The ground: escaping, wording, addresses, what of a text is code, limits. An open room: any of its modules may be imported."""
