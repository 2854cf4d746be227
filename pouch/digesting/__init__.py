"""Digests: what entered the archive in a week. `selection` chooses and orders, `models` is what pages and mails show,
`mail` writes the message, `issue` reads a site and makes one.
"""
