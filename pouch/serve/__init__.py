"""The live preview: a build after every change (`preview`), a local server (`server`), banners (`notices`)."""
