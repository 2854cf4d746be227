"""Digests: what entered the archive in a week. `selection` chooses and orders, `models` is what pages and mails show,
`note` an editor's words in a mail, `mail` writes the message, `issue` reads a site and makes one.
"""
