"""A request that says something wrong of its sender."""


class Refused(Exception):
    """What a request says of its sender cannot be believed; the message says why."""
