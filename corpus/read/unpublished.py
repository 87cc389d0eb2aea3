"""Unpublished items of an export: drafts, private posts, pages about the site, attachments."""

from collections.abc import Mapping

from corpus.clean import one_line

_STATUS = ("status", "poststatus", "wpstatus", "pubstatus", "publicationstatus", "workflowstate")
_TYPE = ("type", "posttype", "wpposttype")
_DRAFT = ("draft", "isdraft", "unpublished")
_LIVE = ("published", "ispublished", "publish")
# The statuses of WordPress, Ghost, Drupal, Joomla and the agencies for items not public yet, or no longer.
_NOT_PUBLIC = {
    *("draft", "auto-draft", "pending", "future", "scheduled", "private", "inherit", "trash", "deleted", "spam"),
    *("unpublished", "not published", "in review", "review", "hidden", "embargoed", "withheld", "withdrawn"),
    *("canceled", "cancelled", "stat:withheld", "stat:canceled"),
}
# Types of posts that are no article, in exports that also state a status.
_NO_ARTICLE = {"page", "attachment", "revision", "nav_menu_item", "custom_css", "oembed_cache", "user_request"}
_TRUE, _FALSE = {"true", "yes", "1", "on"}, {"false", "no"}  # a 0 is a missing date


def reason_unpublished(fields: Mapping[str, object]) -> str | None:
    """Why a record is not a published article; None if nothing indicates that.

    Args:
        fields: Values by their names in lower case, letters and digits only.
    """
    statuses = [_word(fields[name]) for name in _STATUS if name in fields]
    kind = next((word for name in _TYPE if (word := _word(fields.get(name))) in _NO_ARTICLE), None)
    if kind and statuses:
        return f"is no article: its type is {kind!r}"
    status = next((word for word in statuses if word in _NOT_PUBLIC), None)
    if status:
        return f"is not published: its status is {status!r}"
    if any(_word(fields.get(name)) in _TRUE for name in _DRAFT):
        return "is not published: it is marked as a draft"
    if any(_word(fields.get(name)) in _FALSE for name in _LIVE):
        return "is not published: it is marked as unpublished"
    return "is protected by a password" if _word(fields.get("postpassword")) else None


def _word(value: object) -> str:
    return one_line(str(value)).lower() if isinstance(value, str | bool | int) else ""
