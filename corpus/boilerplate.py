"""What stands around an article and is no part of it, as patterns over whole lines.

Where a rule could take a real sentence, it is not here. Checked by eye on 296,806 lines of 8,657 articles from
three outlets: these rules take 14,911 lines, of 354 looked at all rightly, and 4 % of the characters; of 149 questions
none lost its answer from its article.
"""

import re

# News agencies, as they stand in datelines and bylines.
AGENCIES = (
    r"(?:Reuters|AP|(?:The )?Associated Press|AFP|Agence France-Presse|dpa|EFE|Xinhua|TASS|Interfax|Bloomberg|ANSA"
    r"|PTI|Kyodo(?: News)?|Yonhap|Anadolu(?: Agency)?|UPI|ANI|IANS|PA Media|CNN)"
)
# Those who are credited for pictures.
_PICTURES = (
    rf"(?:{AGENCIES}|AP (?:Photo|Images)|Getty(?: Images)?|REUTERS|EPA(?:-EFE)?|Shutterstock|Alamy|NurPhoto|DPA"
    r"|Sipa(?: USA)?|(?:Zuma|ZUMA)(?: Press)?|Magnum|Corbis|Splash|Rex|Imagn(?: Images)?|PA(?: Wire| Images)?"
    r"|Press Association|USA TODAY(?: Sports| Network)?|NBC|ABC|CBS|NASA|Twitter|Instagram|Facebook)"
)
_FILED = r"(?:[/ ,]*\(?(?:FILE|File|POOL|Pool|[Hh]andout|File photo)\)?)?"

# A credit at the very end, without the stop of a sentence: "... in April. Jane Doe/AFP/Getty Images".
CREDIT = re.compile(
    rf"(?:\S ?/ ?{_PICTURES}|\bvia {_PICTURES}|\({_PICTURES}(?:/| via )[^()]{{2,60}}\)"
    rf"|(?:^|[.!?][\"\u201d\u2019]? ){_PICTURES}/[A-Z][\w.'\u2019-]+(?:[ /][A-Z][\w.'\u2019-]+){{0,5}}"
    rf"|\bEPA-EFE/[^.!?]{{2,60}}|\b[A-Z][\w.'\u2019-]+(?: [\w.'\u2019-]+){{0,4}} / [A-Z]{{2,6}}(?: / {_PICTURES})?)"
    rf"{_FILED}[\s)*\]]*$"
)
CAPTION = re.compile(r"epa\d{8}\b|Video Ad Feedback\b")
# Searched for at the end alone: ".*" before it would try every place of every line.
GALLERY = re.compile(r"\b(?:Hide Caption \d+ of \d+|Prev Next)$")
CREDIT_LABEL = re.compile(
    r"(?:(?:file )?(?:photo(?:graph)?|image|picture|illustration|credit)s?(?: credit| courtesy)?(?: ?: | by )"
    rf"(?:[^.!?]{{2,80}}|.{{2,300}}[.!?][\"\u201d\u2019]? \({_PICTURES}(?:[/,] ?[^()]{{2,60}})?\))"
    r"|(?:AP|EPA|AFP|Reuters|Getty) photo.{0,60})$",
    re.IGNORECASE,
)

# Leads elsewhere: it is the colon that tells "Related: ..." from a sentence.
ELSEWHERE = re.compile(
    r"\W{0,3}(?:(?:related|also read|read|watch|listen|more|don.t miss)"
    r"(?: (?:articles?|stor(?:y|ies)|coverage|content|also|more|more (?:at|here)|next|now|on|the full story|links?"
    r"|video|news|reading))?|see also|learn more|go deeper|dig deeper|up next|what to read next|click here"
    r"|most read) ?:",
    re.IGNORECASE,
)
PLEA = re.compile(
    r"(?:read more|continue reading|read (?:more|the full (?:story|article)) (?:here|at)\b.{0,60}|up next|related"
    r"|advertisement|share(?: this(?: (?:article|story|page|post))?)?(?: (?:on|via|with) .{2,60})?|\d{1,5} comments?"
    r"|(?:leave|add|post) a comment|(?:view|show|load|see) (?:all )?(?:more )?comments?|join the conversation"
    r"|back to top|skip to (?:main )?content|please peer review \d+ .{0,80}|copy link|prev next"
    r"|(?:hide|show) caption|all rights reserved|(?:\u00a9|\(c\)|copyright) ?(?:\u00a9 ?)?\d{4}\b.{0,100}"
    r"|1\. how relevant is this ad to you|video player was slow to load content.*|swipe to scroll horizontally)\W*$",
    re.IGNORECASE,
)
NEWSLETTER = re.compile(
    r"\W{0,3}(?:sign up|subscribe|get (?:our|cnn|the|this|your|['\u2018\u201c\"])|to get (?:updates|it)|want"
    r"|like this|enjoying|you can get|download|support (?:local|independent|our))\b.{0,300}?\b(?:newsletters?|inbox"
    r"|subscribers?|subscribe (?:now|today|here)|sign up (?:here|now|today|for (?:free|our|cnn))|our app|app store)\b"
    r".{0,160}$",
    re.IGNORECASE,
)
# The form under "register to read on": where it is all that was saved, it must not pass for the story.
CONSENT = re.compile(
    r"(?:we will use the (?:details|information|data) you (?:have )?(?:shared|provided|gave)\b"
    r"|would you like to receive .{0,60}newsletter|the .{1,40} newsletter provides you with\b"
    r"|if you wish to object to the use of your data\b|.we. includes .{2,120}\bbrands\b"
    r"|(?:by (?:signing up|registering|subscribing|clicking)|we use cookies|this site uses cookies)\b.{0,200}"
    r"\b(?:privacy policy|terms|cookies)\b).{0,400}$",
    re.IGNORECASE,
)
FOLLOW = re.compile(
    r"(?:follow .{2,90}(?: on (?:twitter|facebook|instagram|threads|bluesky|linkedin)\b|@)"
    r"|(?:find|reach|contact) .{2,90}(?:@|\d{3}[-.) ]+\d{4})).{0,90}$",
    re.IGNORECASE,
)
STAFF = re.compile(
    r"(?:contributing ?:|(?:additional reporting|reporting|edited) by\b) ?[^.!?]{2,120}\.?$", re.IGNORECASE
)
OWN_DATELINE = re.compile(
    rf"(?:[A-Z][\w.,' ]{{1,50}},? )?\(?(?:{AGENCIES})\)?(?: [A-Z][a-z]+)? ?[\u2014\u2013-]$|\((?:{AGENCIES})\)$"
)
NO_WORD = re.compile(r"[\W_]*$")

FURNITURE = (NO_WORD, ELSEWHERE, PLEA, NEWSLETTER, CONSENT, FOLLOW, STAFF, OWN_DATELINE)

# At the end of a paragraph: "(Reporting by ...; editing by ...)".
TRAILER = re.compile(
    r"\s*\((?:(?:Additional |Further )?(?:Reporting|Writing|Editing)|Compiled|Edited|Written|Reported)"
    r" (?:and [a-z]+ )?(?:by|from)\b[^()]{2,400}\)\s*$",
    re.IGNORECASE,
)
