"""The slow judges of a built site: other people's validators and feed readers, at work on our output.

They come from npm, under audit/node_modules, and from PyPI, under audit/.venv, with locks of their own; newsboat and
nginx from the system. `dependencies` asks for advisories about what Pouch needs, and lists it. Nothing of Pouch needs
them.
"""
