"""What a rule may cost at worst, as the real server estimates it: a definition with rules too costly is refused.

May live here: sizes, the cost of each part of an expression, the limits. May not: what rules cost when they are asked.
"""
