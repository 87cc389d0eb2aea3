"""Offers of subscriptions and questions about cookies in other languages, before or within a story.

Each pattern is matched at the start of a line and up to its end: "Subscribers pay ten euros" is a sentence.
"""

import re

_REST = r"[^.!?]{0,90}\W*$"
"""What may follow on the same line: no second sentence."""

_ASKS = r"(?: ?\?.{0,60}$|\W*$)"
"""The line is a question, perhaps with where to click, or ends here."""

_GERMAN = (
    rf"(?:jetzt )?(?:weiterlesen|weiter lesen|lesen sie weiter) (?:mit|für \d|im abo)\b{_REST}|weiterlesen\W*$",
    rf"(?:sie sind |du bist |sie haben )?(?:schon|bereits) (?:ein"
    rf" )?(?:\w*abo|abonnent(?:in)?|abonniert|registriert|kunde){_ASKS}",
    r"(?:jetzt|hier) (?:gratis |kostenlos |digital )?(?:abonnieren|testen|freischalten|registrieren|anmelden|einloggen)"
    r"(?: und weiterlesen| (?:für|ab) (?:nur )?\d.{0,40})?\W*$",
    r"(?:jetzt|hier) (?:\w+ )?(?:\w*abo|zugang) (?:abschließen|sichern|bestellen|testen|wählen)\W*$",
    rf"(?:dieser|dieses) (?:artikel|inhalt|text|beitrag) ist (?:(?:nur|exklusiv|ausschließlich)"
    rf" )+(?:für|mit|im)\b{_REST}",
    rf"(?:diesen (?:artikel|text|beitrag) )?lesen sie (?:nur )?(?:mit|im) (?:ihrem |einem |unserem )?\w*-?abo\b{_REST}",
    rf"(?:mit|im) (?:ihrem |dem |unserem |einem )?\w*-?abo(?:nnement)? (?:lesen|erhalten|haben) sie\b{_REST}",
    rf"(?:exklusiv|nur) für (?:unsere )?(?:abonnent\w*|digitalkunden){_REST}",
    r"(?:monatlich|jederzeit) kündbar\W*$",
    r"\d+ (?:wochen?|monate?) (?:(?:für|um) (?:nur )?\d.{0,40}|(?:gratis|kostenlos)(?: testen| lesen)?)\W*$",
    r"(?:wir|diese (?:web)?seite)(?: und unsere (?:\d+ )?partner)? (?:verwende[nt]|nutz(?:en|t)|setz(?:en|t))\b"
    r".{0,80}\bcookies\b",
    r"(?:alle(?: cookies)? )?(?:akzeptieren|zustimmen|ablehnen)(?: und (?:weiter\w*|schließen))?\W*$",
    r"(?:cookie-?)?einstellungen(?: (?:verwalten|ändern|anpassen))?\W*$|datenschutz(?:erklärung)?\W*$",
    rf"um (?:den (?:ganzen |vollständigen )?artikel |diesen (?:artikel|text) |weiter ?)(?:zu ?)?lesen\b{_REST}",
)
_FRENCH = (
    rf"(?:il vous reste|vous avez lu) [\d.,]+ ?% (?:de|à)\b{_REST}",
    rf"(?:cet article|la suite(?: de l.article)?|ce contenu|la lecture de cet article) est réservée?"
    rf" (?:à|aux)\b{_REST}",
    rf"(?:article|contenu) réservé (?:à nos |aux )abonn\w+{_REST}",
    rf"(?:vous êtes |vous avez )?déjà (?:abonnée?|inscrite?|un compte){_ASKS}",
    rf"(?:abonnez|inscrivez|connectez|identifiez)-vous(?:\W*$| (?:pour|dès|à|gratuitement|et|maintenant|ici)\b{_REST})",
    r"(?:je m.abonne|s.abonner|se connecter|m.abonner|profitez de l.offre|découvrir (?:les|nos) offres)\W*$",
    rf"pour (?:lire (?:la suite|cet article)|continuer (?:la|votre) lecture|poursuivre (?:la|votre) lecture)\b{_REST}",
    r"sans engagement\W*$|(?:résiliable|annulable) à tout moment\W*$",
    r"(?:à partir de |dès )?\d+(?:[.,]\d+)? ?€ ?(?:par|/|le premier) ?mois(?:,? (?:sans engagement|puis .{0,40}))?\W*$",
    r"(?:nous|ce site|notre site)(?: et nos (?:\d+ )?partenaires)? (?:utilis|stock|dépos)\w+\b.{0,100}\bcookies\b",
    r"(?:tout |j.)?(?:accept(?:er|e)|refuser)(?: (?:tout|tous|et (?:continuer|fermer)|les cookies|et s.abonner))*\W*$",
    r"(?:continuer sans accepter|paramétrer(?: les cookies| mes choix)?|personnaliser mes choix)\W*$",
    rf"en poursuivant votre navigation\b{_REST}",
)
_SPANISH = (
    rf"(?:este |esta )?(?:contenido|artículo|noticia) (?:es )?(?:exclusiv[oa]|sol[oa]|sólo|reservad[oa]) (?:para|a)"
    rf" (?:los |nuestros )?(?:suscri[pt]\w+|socios|usuarios){_REST}",
    rf"¿?ya (?:eres|es usted|tienes|estás) (?:suscriptora?|suscrit[oa]|una cuenta|una"
    rf" suscripción|registrad[oa]){_ASKS}",
    rf"(?:suscríbe(?:te|se)|regístra(?:te|se)|inicia sesión)(?:\W*$| (?:para|ahora|gratis|y|desde|por|aquí)\b{_REST})",
    rf"para (?:seguir|continuar) leyendo\b{_REST}|(?:sigue|continúa|continuar|seguir) leyendo\W*$",
    rf"(?:has|ha) (?:alcanzado|superado) (?:el|tu|su) límite de (?:artículos|noticias)\b{_REST}",
    r"cancela(?:r)? cuando (?:quieras|quiera|lo desees)\W*$|sin permanencia\W*$",
    r"(?:nosotros|utilizamos|usamos|este sitio|esta (?:web|página))\b.{0,80}\bcookies\b",
    r"(?:aceptar|rechazar)(?: (?:todo|todas?|las cookies|y (?:continuar|cerrar)))*\W*$",
    r"(?:configurar|gestionar|configuración de) (?:las )?(?:cookies|preferencias)\W*$|más opciones\W*$",
)
_ITALIAN = (
    rf"(?:questo )?(?:contenuto|articolo) (?:è )?(?:riservato|disponibile solo|esclusivo) (?:agli|per"
    rf" gli|ai) abbonati{_REST}",
    rf"(?:sei |hai )?già (?:abbonat[oa]|registrat[oa]|un account|un abbonamento){_ASKS}",
    rf"(?:abbonati|registrati|accedi|iscriviti)(?:\W*$| (?:per"
    rf" (?:continuare|leggere|proseguire)|ora|subito|adesso|qui)\b{_REST})",
    rf"per (?:continuare a leggere|leggere (?:tutto )?l.articolo|proseguire (?:la|nella) lettura)\b{_REST}",
    r"(?:continua|prosegui) (?:a leggere|la lettura)\W*$",
    r"(?:disdici|annulla) quando vuoi\W*$|senza vincoli\W*$",
    r"(?:noi|utilizziamo|usiamo|questo sito)\b.{0,80}\bcookie\b",
    r"(?:accetta|rifiuta)(?: (?:tutt[oi]|i cookie|e (?:continua|chiudi)))*\W*$|continua senza accettare\W*$",
    r"(?:gestisci|personalizza|impostazioni)(?: (?:le|dei|i))? (?:preferenze|cookie|opzioni)\W*$",
)
_PORTUGUESE = (
    rf"(?:este )?(?:conteúdo|artigo)(?: é)? (?:exclusiv|restrit|reservad)o (?:para|a|aos|de) (?:nossos )?"
    rf"(?:assinantes|subscritores){_REST}",
    rf"já (?:é|sou|és|tem) (?:assinante|subscritora?|uma conta|uma assinatura){_ASKS}",
    rf"(?:assine|subscreva|registe-se|cadastre-se|faça (?:o )?login|inicie sessão)(?:\W*$"
    rf"| (?:já|agora|para (?:continuar|ler|ter)|por apenas)\b{_REST})",
    rf"para (?:continuar (?:a ler|lendo)|ler (?:o artigo|a matéria) (?:completo|completa|na íntegra))\b{_REST}",
    r"continu[ea]r? (?:a ler|lendo)\W*$|cancele (?:quando quiser|a qualquer momento)\W*$",
    r"(?:nós|utilizamos|usamos|este (?:site|sítio)|o nosso site)\b.{0,80}\bcookies\b",
    r"(?:aceitar|rejeitar|recusar|aceito)(?: (?:tudo|todos|os cookies|e (?:continuar|fechar)))*\W*$",
    r"(?:gerir|gerenciar|configurar|definições de) (?:os )?(?:cookies|preferências|opções)\W*$",
)
_DUTCH = (
    rf"(?:dit|deze) (?:artikel|verhaal|inhoud) is (?:alleen|exclusief|enkel)\b.{{0,40}}\babonnees{_REST}",
    r"(?:alleen|exclusief|enkel) voor (?:onze )?abonnees\W*$",
    rf"(?:bent u |ben je |u bent |je bent |heeft u |heb je )?al (?:een )?(?:abonnee|abonnement|account|lid){_ASKS}",
    rf"(?:abonneer (?:je|u)|neem een abonnement|word (?:nu )?(?:abonnee|lid)|log in|maak een account)(?:\W*$"
    rf"| (?:om|nu|en lees|vanaf|voor \W?\d)\b{_REST})",
    rf"(?:om (?:verder te lezen|dit artikel te lezen)|verder lezen\?|lees verder (?:met|voor))\b{_REST}"
    r"|(?:verder lezen|lees verder)\W*$",
    r"(?:maandelijks|altijd|op elk moment) opzegbaar\W*$",
    r"(?:wij|we|deze (?:web)?site)(?: en onze (?:\d+ )?partners)? (?:gebruik(?:en|t)|plaats(?:en|t)|maken)\b"
    r".{0,80}\bcookies\b",
    r"(?:alles |alle cookies )?(?:accepteren|weigeren|afwijzen)(?: en (?:doorgaan|sluiten))?\W*$",
    r"(?:cookie-?)?(?:instellingen|voorkeuren)(?: (?:beheren|aanpassen|wijzigen))?\W*$",
)
_POLISH = (
    rf"(?:ten )?(?:artykuł|tekst|treść)(?: jest)? (?:dostępn[ya]|przeznaczon[ya])\b.{{0,40}}"
    rf"\b(?:prenumerator|subskrybent)\w*{_REST}",
    r"(?:treść|artykuł) (?:tylko )?dla (?:prenumeratorów|subskrybentów|zalogowanych)\W*$",
    rf"(?:masz już|jesteś już|posiadasz już) (?:konto|prenumerat\w+|subskrypcj\w+|subskrybent\w*){_ASKS}",
    rf"(?:zaloguj się|zarejestruj się|wykup (?:dostęp|prenumeratę|subskrypcję)|kup (?:dostęp|prenumeratę)|subskrybuj)"
    rf"(?:\W*$|,? (?:aby|i czytaj|lub|za \d|już od|by|od \d)\b{_REST})",
    rf"(?:aby|by|żeby) (?:czytać dalej|przeczytać (?:cały artykuł|całość)|kontynuować"
    rf" czytanie)\b{_REST}|czytaj dalej\W*$",
    r"(?:możesz )?(?:zrezygnuj|zrezygnować|anuluj) w (?:każdej chwili|dowolnym momencie)\W*$",
    r"(?:używamy|wykorzystujemy|ta strona|nasz serwis|nasza strona|serwis)\b.{0,90}\b(?:cookies|ciasteczk\w+)\b",
    r"(?:akceptuj[ęe]?|zaakceptuj|odrzuć|zgadzam się|nie zgadzam się)"
    r"(?: (?:wszystk\w+|i (?:przejdź|zamknij)\b.{0,30}|cookies))*\W*$",
    r"(?:ustawienia|zarządzaj) (?:zaawansowane|plik\w+ cookies?|preferencjami|prywatności|cookies)\W*$",
)

ABROAD = re.compile(
    r"\W{0,3}(?:" + "|".join([*_GERMAN, *_FRENCH, *_SPANISH, *_ITALIAN, *_PORTUGUESE, *_DUTCH, *_POLISH]) + ")",
    re.IGNORECASE,
)
