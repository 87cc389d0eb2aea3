"""Closed lists of English that tell what a word claims: small on purpose, each for one rule of the check.

The thesaurus is narrow: only words that news uses for one another without loss. A word that is missing here costs a
sentence that is held back though it is true; a word too many lets a false one through, which is worse.
"""

from functools import cache

from index.lexical import content_words

IRREGULAR = """
rise rose risen|fall fell fallen|say said|tell told|lead led leads leading leader|find found|build built|rebuild rebuilt|buy bought|sell sold|win won
lose lost|begin began begun|hold held|leave left|meet met|pay paid|send sent|spend spent|take took taken|give gave given
go went gone|come came|become became|become became|grow grew grown|know knew known|see saw seen|speak spoke spoken
break broke broken|choose chose chosen|drive drove driven|fly flew flown|hide hid hidden|steal stole stolen|sink sank sunk
shoot shot|strike struck|bring brought|catch caught|teach taught|think thought|fight fought|seek sought|feed fed
make made maker|keep kept|sleep slept|sweep swept|hear heard|stand stood|understand understood|withdraw withdrew withdrawn
draw drew drawn|throw threw thrown|blow blew blown|write wrote written|run ran|swim swam swum|ring rang rung|sing sang sung
wear wore worn|tear tore torn|bear bore born borne|swear swore sworn|freeze froze frozen|rid ridden rode ride
bite bit bitten|eat ate eaten|forget forgot forgotten|get got gotten|lie lay lain|lend lent|bend bent|burn burnt
mean meant|deal dealt|dig dug|hang hung|sit sat|stick stuck|overthrow overthrew overthrown|forbid forbade forbidden
"""
"""Verbs whose past is not regular, under their first form."""

RELATED = """
die dying death dead|man men|woman women|child children|foot feet|wife wives|life lives|thief thieves|half halves
person people persons|crisis crises|shake shook shaken|wake woke woken|undergo underwent undergone|beat beaten
flood floods flooding flooded|fire fires blaze|decide decision|destroy destruction|defend defence defense|arrive arrival
lose loss losses|win victory|grow growth|marry marriage wed wedding|resign resignation|accuse accusation|apologise apologize
apology|declare declaration|explode explosion|expand expansion|collide collision|extend extension|conclude conclusion
organise organize organisation organization|criticise criticize criticism|recognise recognize recognition|centre center
harbour harbor|programme program|labour labor|defence defense|metre meter|kilometre kilometer|theatre theater|colour color
neighbour neighbor|honour honor|tyre tire|licence license|grey gray|cancel cancelled canceled cancellation|acquit acquittal
deny denied denial|fine fined|evacuate evacuation|prosecute prosecution prosecutor|vote voted voter|protest protester
demonstrate demonstration demonstrator|investigate investigation investigator|sentence sentenced|remove removal
withdraw withdrawal|survive survivor survival|inspect inspection inspector|own owner|employ employee|operate operator
manage manager|repair repaired|produce production producer|approve approval|propose proposal|refuse refusal
renew renewal|agree agreement|announce announcement|injure injury injuries|fail failure|close closure|reopen reopening
open opening|restore restoration|construct construction|elect election|compete competition|compete competitor
choose choice|cost costly|visit visitor|weigh weight|high height|long length|deep depth|wide width|strong strength
safe safety|economy economic|politics political|science scientific scientist|history historic historical|culture cultural
nation national|environment environmental|finance financial|region regional|nearby near|weekly week|monthly month
yearly year annual annually|daily day|northern north|southern south|eastern east|western west|central centre
"""

THESAURUS = """
say tell state announce declare note add report confirm reveal disclose explain remark mention according
argue claim contend insist maintain
warn caution
kill die
injure wound hurt
buy purchase acquire
sell divest
build construct erect
rebuild restore renovate refurbish
repair fix mend
begin start commence launch
end finish conclude
close shut
beat defeat
win victory
win award receive prize
rise increase grow climb jump soar surge gain up
fall decrease decline drop sink shrink slump plunge down slip
show find indicate suggest
approve back pass adopt endorse
reject refuse
help aid assist
ask request
demand call
want demand seek
play face
choose select pick elect
appoint name
resign quit step
leave depart exit
arrive reach
hit strike
destroy ravage
damage harm
flood inundate
evacuate
search hunt
find discover locate
arrest detain custody
jail prison imprison
sentence jail
accuse allege blame
criticise condemn
praise commend applaud
plan intend aim
expect anticipate forecast predict project
think believe
cost price worth
pay fund spend
cut reduce slash lower
big large huge major
small little minor
company firm business
worker employee staff
car vehicle
house home
fire blaze
ship vessel boat
road street highway
child kid
police officer
doctor physician
lawyer attorney
court judge
money fund
city town municipal
country nation
government authority
parliament lawmaker
vote ballot
law legislation
deal agreement accord
talk negotiate discuss
meet gather
protest demonstrate rally
strike walkout
storm
rescue save
cancel scrap
postpone delay
move relocate
visit
use
need require
get receive obtain
make produce manufacture
run operate
show exhibit display
test trial
study research
scientist researcher
student pupil
school
teacher
attempt try
stop halt
continue
happen occur
area region
part section
about around roughly approximately
near close
new
old
year
monthly month
resident local inhabitant people
spokesman spokeswoman spokesperson
chairman chairwoman chair chairperson
film movie
football soccer
match game
team side
lead head
own
include
hold stage
join
bring
schedule
carry
permit allow let
ban prohibit outlaw forbid
order instruct
hide conceal
steal theft rob
murder homicide
crash collide collision accident
passenger
travel
ferry
bus coach
train
plane aircraft airplane jet
airport
crew
dead fatality
victim casualty
cause
reason
million
earthquake quake
temperature
heat
rain rainfall
water
power electricity
oil
price
job post position
wage pay salary
tax
budget
billion
early
late
support back
oppose
complete finish
replace
return
remain stay
warn
agree
discuss
"""

LIGHT = frozenset(
    """according also additionally however moreover furthermore meanwhile specifically overall notably respectively
    article passage report source story news text piece provide describe mention regarding concerning related
    include including involve occur happen take place make become remain following follow subsequent well
    various result event incident situation
    individual people person number amount total figure
    it its they their he she his her him them who whom which that there""".split()
)  # fmt: skip
"""What a model puts around a fact without claiming more."""

IDLE = frozenset(
    """a an the and or but so if then than as at by for from in into of off on onto out over per to up upon via with within
    be is are was were been being am do does did done have has had having will would shall should can could may might must
    it its they them their theirs he him his she her hers we us our you your i me my who whom whose which what that this
    these those there here when where why how while although though because since until after before during between among
    about against through under above below across along around behind beside near toward towards amid not no nor yet
    too very just even still both either neither each such same other another own only more most less least fewer some
    any all every many much few also however again once ever never now s t re ve ll d one several mostly largely roughly approximately nearly
    almost cannot none nobody nothing neither everyone everybody everything someone somebody something yes""".split()
)  # fmt: skip
"""Words that say nothing of themselves; those that do, in what they bind, have rules of their own."""

STRICT: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "all every entire entirely whole wholly everyone everybody everything always completely fully unanimous unanimously",
        "only sole solely exclusively alone",
        "most majority mostly largely",
        "some several",
        "many numerous lots hundreds thousands dozens scores crowds most",
        "few handful",
        "both two",
        "because due owing thanks caused cause causes causing led leads result resulted resulting reason prompted prompting "
        "triggered as since after",
        "today",
        "yesterday",
        "tomorrow",
        "tonight night",
        "last past previous previously final",
        "next coming upcoming",
        "more greater higher another additional above over exceeded exceeding rose increase increased increases up",
        "less fewer lower under below fell decrease decreased down",
        "least minimum",
        "former formerly ex",
        "before earlier prior ahead previously after following later",
        "during while as amid throughout when in",
        "despite although though but however even yet",
        "until till by",
        "against opposed opposing over",
        "above over",
        "below under",
        "instead rather",
        "still yet remains remain continues continue stay stays stayed remained continued",
        "again re once",
        "ever never before",
        "even",
    )
)
"""Words of one group stand in for each other; none may be added that the source has no match for."""

NEGATORS = frozenset(
    "not no never none nobody nothing nowhere neither nor without cannot hardly barely scarcely".split()
)
NEGATING = frozenset("fail refuse decline unable unlikely stop yet".split())
"""Before "to" (or "short of") they negate what follows."""
DENYING = frozenset({"deny", "instead", "rather"})
MAYBE = frozenset(
    """may might could possibly perhaps maybe potentially allegedly alleged allege reportedly suspect apparently apparent
    accuse if unless whether claim believe consider propose threaten urge want wish hope ask seek demand likely fear
    think rumour rumor charge suggest recommend appear seem dispute suspicion""".split()
)
LATER = frozenset(
    """will would shall should plan expect set schedule due intend aim promise pledge vow agree order forecast going
    anticipate predict agree require must want prepare ready next announce upcoming future proposed hope decide vote""".split()
)
PRIVATIVE = frozenset(
    """former ex deputy vice acting assistant interim attempted near partly partially nearly almost mostly second third
    fourth fifth proposed planned fake unofficial co semi quarter runner mock suspected alleged would-be failed one half
    some most""".split()
)
"""Before a noun they make it another one; dropped or added, the sentence says something else."""
NEARLY = frozenset({"second", "third", "fourth", "fifth", "one"})
SAYING = frozenset("say argue warn".split())
PRONOUNS = frozenset("he she they it him her them his its their this these those".split())
BEING = frozenset("is are was were be been being got get am".split())
CONDITIONAL = frozenset("if unless provided pending subject depends depending contingent".split())
ASKING = frozenset("ask asked asking know wonder wondered whether see sure unclear determine".split())
BREAKS = frozenset(
    "and but while whereas which who after before because when where although though as that or if until since".split()
)
"""Words that open another clause."""
OVER = (
    "more than",
    "at least",
    "over",
    "above",
    "exceeding",
    "no fewer than",
    "no less than",
    "upwards of",
    "upward of",
    "in excess of",
)
UNDER = ("less than", "fewer than", "under", "below", "at most", "no more than", "up to", "as many as", "as much as")
ABOUT = (
    "about",
    "around",
    "roughly",
    "approximately",
    "some",
    "nearly",
    "almost",
    "an estimated",
    "close to",
    "just over",
    "just under",
)

OPPOSITES = """
rise|fall
rise|lose
win|lose
open|close
approve|reject
support|oppose
buy|sell
arrive|leave
begin|end
guilty|acquit innocent clear
north|south
east|west
man|woman
import|export
hire|sack dismiss fire
high|low
old|young new
first|last
husband|wife
son|daughter
father|mother
brother|sister
early|late
minimum|maximum
profit|loss
plaintiff|defendant
buyer|seller
parent|child
teacher|pupil
red|blue green yellow white black
morning|evening afternoon night
large|small
long|short
hot|cold
wet|dry
add|remove
borrow|lend
prosecutor|defend
home|away
spring|autumn summer winter
"""

NATIONS = """
france french|germany german|spain spanish|britain british uk|poland polish|turkey turkish|china chinese|japan japanese
sweden swedish|denmark danish|finland finnish|norway norwegian|switzerland swiss|ireland irish|scotland scottish
wales welsh|england english|greece greek|portugal portuguese|netherlands dutch|iceland icelandic|israel israeli
iraq iraqi|pakistan pakistani|lebanon lebanese|argentina argentine|brazil brazilian|canada canadian|mexico mexican
philippines filipino philippine|thailand thai|ukraine ukrainian|belgium belgian|hungary hungarian|italy italian
us american|europe european|eu european|egypt egyptian|peru peruvian|taiwan taiwanese|vietnam vietnamese
"""


def _lines(text: str) -> list[list[str]]:
    return [entry.split() for line in text.strip().splitlines() for entry in line.split("|") if entry.strip()]


@cache
def _bases() -> dict[str, str]:
    bases: dict[str, str] = {}
    for base, *forms in _lines(IRREGULAR + RELATED):
        for form in forms:
            bases.setdefault(form, base)
    return bases


@cache
def stem(word: str) -> str:
    """The form under which a word in lower case is compared: "rose", "risen" and "rising" are one."""
    word = _bases().get(word, word)
    found = next(iter(content_words(word)), word)
    return _stems().get(found, found)


@cache
def _stems() -> dict[str, str]:
    """Regular forms of the words that have a base, such as "decided" for "decision"."""
    return {
        next(iter(content_words(form)), form): next(iter(content_words(base)), base)
        for base, *forms in _lines(IRREGULAR + RELATED)
        for form in forms
    }


@cache
def groups() -> dict[str, frozenset[int]]:
    """The lines of the thesaurus, and of nations, that a stem stands on."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate([*(line.split() for line in THESAURUS.strip().splitlines()), *_lines(NATIONS)]):
        for word in line:
            found.setdefault(stem(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def opposites() -> list[tuple[frozenset[str], frozenset[str]]]:
    """Pairs of groups of stems that contradict each other, with what the thesaurus adds to them."""

    def side(words: str) -> frozenset[str]:
        return frozenset(stem(word) for word in words.split())

    return [
        (side(one), side(other)) for one, _, other in (line.partition("|") for line in OPPOSITES.strip().splitlines())
    ]


@cache
def alike(one: str, other: str) -> bool:
    """Whether two stems may stand for each other."""
    if one == other or groups().get(one, frozenset()) & groups().get(other, frozenset()):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= 5 and long.startswith(short) and len(long) - len(short) <= 3


def stems(words: frozenset[str]) -> frozenset[str]:
    """The stems of a list."""
    return frozenset(stem(word) for word in words)
