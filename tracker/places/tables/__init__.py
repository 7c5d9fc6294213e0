"""Rows of places as files hold them: the shipped tables, and files of the user's own."""
