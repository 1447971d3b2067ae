"""The embedded API server: one store of all revisions, the verbs over it, and two doors to the same code.

May live here: storing, verbs, validation, discovery, watch, audit, the WSGI app and the HTTP server around it. May not:
anything of a client, and any knowledge of who calls or why. ``Server.handle`` takes a Request and gives a Response; in
process that is all there is, over HTTP the WSGI app adds serialising and the token.
"""
