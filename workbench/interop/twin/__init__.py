"""A server's refusal rebuilt on paper: what is known of it, what is not, what it means.

What is not known is taken for what lets the exchange pass, and then for what does not,
one thing at a time: the rule that fails then is one that could have refused.
"""
