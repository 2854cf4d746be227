"""The live preview: a build after every change (`preview`), and the server that shows it (`server`).

`watching` waits for changes, `at_once` renders a saved file's page before its build, `first_build` answers while
there is no build, `notices` are banners and lists. `local` decides who may ask a server of this machine; the desk's
is one too.
"""
