"""Web addresses: those given as sources, and the IP addresses that may be contacted."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urldefrag, urlsplit

from corpus.errors import ReadError
from corpus.read.field_names import web_address
from corpus.read.file import printable

_ASSIGNED = IPv6Network("2000::/3")  # all that is in use of the public address space of IPv6
_NAT64 = IPv6Network("64:ff9b::/96")


def is_address(source: str) -> bool:
    """Whether a source is a web address rather than a path."""
    return source.lower().startswith(("http://", "https://"))


def checked_address(source: str) -> str:
    """The given address, without its #fragment.

    Raises:
        ReadError: It is not a usable address.
    """
    address = web_address(source)
    try:
        parts = urlsplit(address or "")
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        named = False
    if not named:
        raise ReadError(f"{printable(source)!r} is no web address; write it like https://news.example/feed.xml")
    if "@" in parts.netloc:
        raise ReadError("a web address with user and password would be written down; leave them out of it")
    return urldefrag(parts.geturl()).url


def is_public(machine: str) -> bool:
    """Whether an IP address is on the public internet: not private, local or multicast."""
    ip = ip_address(machine)
    if isinstance(ip, IPv6Address):
        inner = _inner(ip)
        return is_public(str(inner)) if inner else ip in _ASSIGNED and ip.is_global and not ip.teredo
    return ip.is_global and not ip.is_multicast


def _inner(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address embeds."""
    return ip.ipv4_mapped or ip.sixtofour or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
