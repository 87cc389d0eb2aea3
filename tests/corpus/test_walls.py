"""Walls of subscriptions and cookies in seven languages; sentences that begin like them stay."""

import pytest

from corpus.clean import is_furniture, is_wall

WALLS = {
    "German": (
        "Weiterlesen mit PLUS",
        "Bereits Abonnent? Hier anmelden",
        "Jetzt abonnieren für 9,90 Euro",
        "4 Wochen für 1 Euro",
        "Jederzeit kündbar",
        "Wir und unsere 812 Partner verwenden Cookies, um Inhalte zu zeigen. Mehr dazu lesen Sie in der Erklärung.",
        "Alle akzeptieren",
        "Einstellungen verwalten",
    ),
    "French": (
        "Il vous reste 62,5 % de cet article à lire.",
        "La suite est réservée aux abonnés.",
        "Déjà abonné ? Connectez-vous",
        "Abonnez-vous pour lire la suite",
        "Sans engagement",
        "Nous et nos 93 partenaires utilisons des cookies pour mesurer l'audience.",
        "Tout accepter",
        "Continuer sans accepter",
    ),
    "Spanish": (
        "Contenido exclusivo para suscriptores",
        "¿Ya eres suscriptor? Inicia sesión",
        "Suscríbete para seguir leyendo",
        "Para continuar leyendo, regístrate gratis",
        "Cancela cuando quieras",
        "Utilizamos cookies propias y de terceros para mostrar publicidad.",
        "Aceptar y continuar",
        "Configurar cookies",
    ),
    "Italian": (
        "Questo articolo è riservato agli abbonati",
        "Sei già abbonato? Accedi",
        "Abbonati per continuare a leggere",
        "Disdici quando vuoi",
        "Questo sito utilizza cookie tecnici e di profilazione.",
        "Accetta tutti",
        "Continua senza accettare",
    ),
    "Portuguese": (
        "Conteúdo exclusivo para assinantes",
        "Já é assinante? Entre aqui",
        "Assine agora por 1 euro",
        "Para continuar a ler, registe-se",
        "Cancele quando quiser",
        "Utilizamos cookies para melhorar a sua experiência.",
        "Aceitar todos",
    ),
    "Dutch": (
        "Dit artikel is exclusief voor abonnees",
        "Al abonnee? Log in",
        "Word nu abonnee",
        "Verder lezen?",
        "Maandelijks opzegbaar",
        "Wij en onze 40 partners gebruiken cookies om advertenties te tonen.",
        "Alles accepteren",
        "Voorkeuren aanpassen",
    ),
    "Polish": (
        "Artykuł dostępny tylko dla prenumeratorów",
        "Masz już konto? Zaloguj się",
        "Zaloguj się, aby czytać dalej",
        "Wykup dostęp od 9 zł miesięcznie",
        "Zrezygnuj w każdej chwili",
        "Nasz serwis wykorzystuje pliki cookies w celach statystycznych.",
        "Akceptuję wszystkie",
        "Ustawienia zaawansowane",
    ),
}
SENTENCES = (
    "Jetzt testen Forscher den Impfstoff an Mäusen.",
    "Bereits registriert wurden vierzig Fälle in der Stadt.",
    "6 Monate für den Neubau sind zu wenig, sagt der Rat.",
    "Lesen Sie weiter unten, wie das Dorf abgestimmt hat.",
    "Se connecter à Internet coûte cher dans la vallée.",
    "Pour 10 euros par mois, les élèves mangent à la cantine.",
    "Déjà inscrit au patrimoine, le phare sera rénové.",
    "Accede por la puerta trasera y espera al alcalde.",
    "Ya tienes la edad para votar, dijo la ministra.",
    "Registrati a Milano quaranta casi in una settimana.",
    "Abbonati e tifosi hanno protestato davanti allo stadio.",
    "Assina o acordo o presidente da câmara.",
    "Matéria exclusiva do jornal mostra os contratos.",
    "Al een jaar lang ligt de haven stil.",
    "Log in en rekening waren gestolen, zei de bank.",
    "Serwis kolejowy działa od poniedziałku.",
    "Aby czytać, dzieci potrzebują książek.",
)


@pytest.mark.parametrize(
    ("language", "line"), [(language, line) for language, lines in WALLS.items() for line in lines]
)
def test_a_line_of_a_wall_is_left_out_in_any_of_these_languages(language: str, line: str) -> None:
    assert is_furniture(line), language


@pytest.mark.parametrize("language", WALLS)
def test_a_page_that_is_only_a_wall_is_one(language: str) -> None:
    assert is_wall("\n".join(["Der Titel", *WALLS[language]]), "Der Titel")
    assert not is_wall("\n".join([*WALLS[language], "The ferry sails at nine."]), "")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_that_begins_like_a_wall_stays(sentence: str) -> None:
    assert not is_furniture(sentence)
