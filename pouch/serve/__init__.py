"""The live preview: a build after every change (`preview`), a local server (`server`), banners (`notices`).

`local` decides who may ask a server of this machine; the desk's server is one too.
"""
