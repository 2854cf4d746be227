"""The live preview: a static server on this machine, and a build after every change."""
