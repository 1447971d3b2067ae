"""What goes wrong on purpose, between everybody and the API server.

May live here: one fault a file, put into a world through its interceptors, taken out again. May not: judgements, and
anything a fault's victim would have to know.
"""
