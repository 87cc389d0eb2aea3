"""English names of months and weekdays, for every pattern that reads or recognises a date."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The first three letters of each, in lower case, January first."""
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
"""A pattern of a month, in full or abbreviated, without a stop; in lower case."""
CAPITAL_MONTH = rf"(?:{'|'.join(month.title() for month in MONTHS)})[a-z]*"
"""A pattern of a month with its capital, unlike "may", in full or abbreviated, without a stop."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The first three letters of each, in lower case, Monday first."""
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
"""A pattern of a weekday in full, in lower case."""
