"""From settings to the rule who may use the site."""

from bot.portal.access.keys import KeyFile
from bot.portal.access.methods import ByKey, ByPassword, ByProxy, ByToken, by_session
from bot.portal.access.middleware import Access, Method
from bot.portal.access.provider import Provider
from bot.portal.access.sign_in import has_sign_in, sign_in_address
from bot.settings import Settings
from corpus.errors import SettingsError


def access_of(settings: Settings, host: Method | None = None) -> Access:
    """The rule that settings name, with the host's own knowledge of its users before it.

    Raises:
        SettingsError: Two settings do not go together.
    """
    _check(settings)
    keys = KeyFile.of(settings)
    methods: list[Method] = [host] if host else []
    if settings.user_header:
        methods.append(ByProxy(settings))
    if has_sign_in(settings):
        methods.append(by_session)
    if settings.oidc_issuer and settings.oidc_audience:
        methods.append(ByToken(Provider(settings.oidc_issuer), settings))
    if settings.password:
        methods.append(ByPassword(settings.password.get_secret_value()))
    required = bool(methods)
    return Access(
        (*methods, ByKey(keys)),
        lambda: required or keys.exists,
        settings.open,
        sign_in_address if has_sign_in(settings) and not host else None,
    )


def _check(settings: Settings) -> None:
    if settings.user_header and not settings.proxies:
        raise SettingsError("BYLINE_USER_HEADER needs BYLINE_PROXIES: the addresses of the proxies that set it")
    if settings.groups_header and not settings.user_header:
        raise SettingsError("BYLINE_GROUPS_HEADER needs BYLINE_USER_HEADER")
    if settings.oidc_client_id and not settings.oidc_issuer:
        raise SettingsError("BYLINE_OIDC_CLIENT_ID needs BYLINE_OIDC_ISSUER: the address of the identity provider")
    if settings.oidc_issuer and not (settings.oidc_audience or settings.oidc_client_id):
        raise SettingsError("BYLINE_OIDC_ISSUER needs BYLINE_OIDC_AUDIENCE for tokens, or BYLINE_OIDC_CLIENT_ID")
