"""Citations of briefings: `references` says what is cited, `names` orders authors' names, `formats` writes BibTeX,
RIS and CSL-JSON. static/cite.js writes the same texts in a briefing's page.
"""
