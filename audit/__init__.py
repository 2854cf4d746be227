"""The slow judges of a built site: other people's validators and feed readers, at work on our output.

They come from npm, under audit/node_modules, with a lock of their own. Nothing of Pouch needs them.
"""
