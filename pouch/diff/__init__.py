"""Two moments of a site compared: `checkout` (the folder at a git revision), `sides` (what a site holds at one moment),
`rewording` and `changes` (what an edit means to editors and subscribers), `difference` (of the two sides), `formats`.
"""
