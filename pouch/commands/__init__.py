"""The commands, one module each, named as they are called; every module has a click command named `command`."""
