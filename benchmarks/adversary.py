"""Falsehoods that a model might write, each of a kind, and true sentences over the same passages.

Places and people are invented. `CLOSE` keeps near the words of its passages; the rules were tuned on it. `FREE` paraphrases
freely, as a good model does. Its rounds from the sixth on are JSON files in data/, by writers who had not seen the rules,
and each was measured before any rule was changed for it. The ninth is frozen: never change a rule, a list or a threshold
because of a sentence in it. It is the only round that shows what to expect of text that no rule was tuned on.
"""

# ruff: noqa: E501 - a sentence is easier to judge on one line

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.article import Article
from index.passage import Passage

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Story:
    """A passage, what is true of it, and what is not.

    Attributes:
        article: Its text is one passage.
        faithful: Sentences that it supports.
        planted: Sentences that it does not support, each with the kind of falsehood.
    """

    article: Article
    faithful: tuple[str, ...]
    planted: tuple[tuple[str, str], ...]

    @property
    def passage(self) -> Passage:
        """The whole article."""
        return Passage(self.article, 0, len(self.article.text))


BRIDGE = Story(
    Article(
        "Orrin Bridge reopens after two years of repairs",
        "The Orrin Bridge reopened to traffic on Monday, 14 months after a barge struck its western pier. "
        "Mayor Ada Pell said the repairs cost 41 million crowns, 12 percent less than the council had budgeted. "
        "Tom Brent, who leads the opposition, called the project “a slow and costly embarrassment”. "
        "Three workers were injured during the repairs, but nobody was killed. "
        "A second lane for trams may follow in spring if the regional parliament approves the money. "
        "The council did not raise local taxes to pay for the work. "
        "About 9,400 vehicles crossed the old bridge each day, while only 2,100 used the ferry.",
        "https://example.org/orrin",
        "The Harbour Post",
        date(2022, 5, 16),
        ("Lena Moor",),
    ),
    (
        "The Orrin Bridge reopened on Monday.",
        "The bridge reopened to traffic 14 months after it was hit by a barge.",
        "According to Mayor Ada Pell, the repairs cost 41 million crowns.",
        "The repairs cost 12% less than the council had budgeted, Pell said.",
        "Opposition leader Tom Brent described the project as “a slow and costly embarrassment.”",
        "Nobody was killed during the repairs, but three workers were hurt.",
        "No one was killed during the repairs.",
        "A second tram lane could follow in spring if the regional parliament approves funding.",
        "Local taxes were not raised to pay for the work.",
        "Roughly 9,400 vehicles a day crossed the old bridge.",
        "Only 2,100 vehicles used the ferry.",
        "The Harbour Post reported on 16 May 2022 that the Orrin Bridge had reopened.",
    ),
    (
        ("number changed", "The bridge reopened 16 months after a barge struck its western pier."),
        ("amount changed", "Mayor Ada Pell said the repairs cost 44 million crowns."),
        ("order of magnitude", "The repairs cost 41 billion crowns, Mayor Ada Pell said."),
        ("percentage changed", "The repairs cost 21 percent less than the council had budgeted."),
        ("percentage made a count", "The repairs cost 12 crowns less than the council had budgeted."),
        ("comparison reversed", "The repairs cost 12 percent more than the council had budgeted."),
        ("weekday changed", "The Orrin Bridge reopened to traffic on Tuesday."),
        ("date invented", "The Orrin Bridge reopened to traffic on 12 May 2022."),
        ("name invented", "Mayor Ada Collins said the repairs cost 41 million crowns."),
        ("first name changed", "Mayor Eva Pell said the repairs cost 41 million crowns."),
        ("names blended", "Mayor Ada Brent said the repairs cost 41 million crowns."),
        ("quotation altered", "Tom Brent called the project “a slow and costly disgrace”."),
        ("quotation invented", "Mayor Ada Pell said “we are proud of this bridge”."),
        ("quotation of somebody else", "Mayor Ada Pell called the project “a slow and costly embarrassment”."),
        ("denial dropped", "The council did raise local taxes to pay for the work."),
        ("nobody made somebody", "Three workers were killed during the repairs."),
        ("unit changed", "The bridge reopened 14 weeks after a barge struck its western pier."),
        ("hedge made certain", "A second lane for trams will follow in spring if the regional parliament approves the money."),
        ("condition dropped", "A second lane for trams will follow in spring."),
        ("planned made done", "The regional parliament approved the money for a second lane."),
        ("detail changed", "A barge struck its eastern pier 14 months ago."),
        ("numbers swapped", "About 2,100 vehicles crossed the old bridge each day."),
        ("only dropped for all", "All vehicles used the ferry."),
        ("outlet invented", "The Northern Courier reported that the Orrin Bridge reopened."),
    ),
)  # fmt: skip

COURT = Story(
    Article(
        "Court clears shipping heir of fraud",
        "A court in Lunde acquitted the shipping heir Viktor Hale of fraud on 19 August, ending a trial that lasted nine weeks. "
        "Prosecutors had accused him of moving 3.5 million euros to a company owned by his sister, Marta Hale. "
        "Judge Ines Koll ruled that the evidence was too thin to convict. "
        "His former accountant, Paul Stern, was found guilty of forging invoices and sentenced to four years in prison. "
        "Hale sued the newspaper Lunde Tidende in March over its reports about the payments. "
        "The prosecutor, Jon Aas, said he would appeal against the verdict. "
        "Stern denied that he had acted on Hale's orders.",
        "https://example.org/court",
        "Lunde Wire",
        date(2021, 8, 20),
    ),
    (
        "Viktor Hale was acquitted of fraud on Aug. 19 by a court in Lunde.",
        "The trial lasted nine weeks.",
        "Hale's trial went on for 9 weeks.",
        "Prosecutors accused Viktor Hale of moving €3.5 million to a company owned by his sister.",
        "Judge Ines Koll ruled there was too little evidence to convict him.",
        "Judge Ines Koll ruled the evidence too thin to convict.",
        "Paul Stern, his former accountant, was sentenced to four years in jail for forging invoices.",
        "Paul Stern was found guilty of forging invoices.",
        "In March, Hale sued the newspaper Lunde Tidende over its reports on the payments.",
        "Lunde Tidende was sued by Hale in March over its reports about the payments.",
        "Prosecutor Jon Aas said he would appeal the verdict.",
        "Stern denied acting on Hale's orders.",
        "A Lunde court cleared Hale of fraud, while his former accountant was found guilty of forging invoices.",
    ),
    (
        ("verdict reversed", "A court in Lunde convicted the shipping heir Viktor Hale of fraud on 19 August."),
        ("guilty for acquitted", "Viktor Hale was found guilty of forging invoices."),
        ("month changed", "Viktor Hale was acquitted of fraud on 19 September."),
        ("day changed", "Viktor Hale was acquitted of fraud on 18 August."),
        ("year invented", "Viktor Hale was acquitted of fraud on 19 August 2019."),
        ("decimal changed", "Prosecutors had accused him of moving 3.8 million euros to a company."),
        ("currency changed", "Prosecutors had accused him of moving 3.5 million dollars to a company owned by his sister."),
        ("relation changed", "Prosecutors accused him of moving 3.5 million euros to a company owned by his wife."),
        ("accusation made fact", "Viktor Hale moved 3.5 million euros to a company owned by his sister."),
        ("roles swapped", "The newspaper Lunde Tidende sued Hale in March over its reports about the payments."),
        ("roles swapped by the passive", "Hale was sued by the newspaper Lunde Tidende in March."),
        ("sentence of another", "Viktor Hale was sentenced to four years in prison."),
        ("duration changed", "The trial lasted nine months."),
        ("written number changed", "The trial lasted eight weeks."),
        ("denial made admission", "Stern admitted that he had acted on Hale's orders."),
        ("denial dropped from a claim", "Stern acted on Hale's orders."),
        ("future made past", "The prosecutor, Jon Aas, appealed against the verdict."),
        ("former dropped", "The accountant of Hale, Paul Stern, was found guilty of forging invoices."),
        ("title of another", "Judge Jon Aas ruled that the evidence was too thin to convict."),
        ("place changed", "A court in Varn acquitted the shipping heir Viktor Hale of fraud."),
        ("cause invented", "Viktor Hale was acquitted of fraud because of the reports about the payments."),
        ("negation added", "Judge Ines Koll did not rule that the evidence was too thin."),
        ("speaker changed", "Judge Ines Koll said he would appeal against the verdict."),
    ),
)  # fmt: skip

MARKET = Story(
    Article(
        "Exports climb as imports slip",
        "Varland's exports rose 8.2 percent to 1.2 billion crowns in July, while imports fell 3.1 percent, the statistics office said on Thursday. "
        "It was the second-largest increase since 2009. "
        "The central bank cut its main interest rate from 4.5 percent to 4.25 percent. "
        "Economists had expected a cut of half a percentage point. "
        "Nordal Steel, the largest exporter, sold more machines to Brazil than to Canada. "
        "Unemployment stayed at 5.6 percent. "
        "The krone gained against the dollar but lost against the euro. "
        "Finance Minister Olav Riis warned that growth could slow next year. "
        "At least 40 firms have hired new staff, and up to 300 jobs may be created.",
        "https://example.org/exports",
        "Varland Business",
        date(2019, 8, 22),
    ),
    (
        "Exports from Varland rose by 8.2% in July.",
        "Exports increased 8.2 percent to 1,200,000,000 crowns in July, the statistics office said.",
        "Imports fell 3.1%, while exports rose 8.2%.",
        "The increase was the second-largest since 2009.",
        "The central bank lowered its main interest rate to 4.25% from 4.5%.",
        "The main interest rate was cut from 4.5 to 4.25 percent by the central bank.",
        "Economists had anticipated a cut of half a percentage point.",
        "Nordal Steel sold more machines to Brazil than to Canada.",
        "Unemployment remained at 5.6 percent.",
        "The krone gained against the dollar.",
        "Olav Riis, the finance minister, warned that growth could slow next year.",
        "At least 40 companies have hired new staff.",
        "The statistics office said on Thursday that imports fell by 3.1 percent.",
    ),
    (
        ("direction reversed", "Varland's exports fell 8.2 percent in July."),
        ("directions swapped", "Imports rose 3.1 percent in July."),
        ("figures swapped between two things", "Varland's imports fell 8.2 percent in July."),
        ("total changed", "Exports rose 8.2 percent to 1.4 billion crowns in July."),
        ("month invented", "Exports rose 8.2 percent in June."),
        ("rank dropped", "It was the largest increase since 2009."),
        ("rank changed", "It was the third-largest increase since 2009."),
        ("from and to swapped", "The central bank moved its main interest rate from 4.25 percent to 4.5 percent."),
        ("cut made a rise", "The central bank raised its main interest rate."),
        ("percentage points made percent", "Economists had expected a cut of 0.5 percent."),
        ("expected made done", "Economists made a cut of half a percentage point."),
        ("comparison swapped", "Nordal Steel sold more machines to Canada than to Brazil."),
        ("more made less", "Nordal Steel sold fewer machines to Brazil than to Canada."),
        ("stayed made rose", "Unemployment rose to 5.6 percent."),
        ("opposite partner", "The krone gained against the euro."),
        ("could made will", "Finance Minister Olav Riis warned that growth will slow next year."),
        ("at least made at most", "At most 40 firms have hired new staff."),
        ("up to dropped", "300 jobs may be created."),
        ("may dropped", "Up to 300 jobs have been created."),
        ("superlative moved", "Nordal Steel recorded the largest increase since 2009."),
        ("year changed", "It was the second-largest increase since 2008."),
        ("next made last", "Finance Minister Olav Riis warned that growth slowed last year."),
        ("office changed", "The central bank said exports rose 8.2 percent in July."),
        ("quantity to all", "All firms have hired new staff."),
    ),
)  # fmt: skip

STORM = Story(
    Article(
        "Storm Petra floods three valleys",
        "Storm Petra killed three people and injured 14 in the Kessel valley on Saturday night, rescue services said. "
        "Two of the dead were brothers, aged 9 and 12, whose car was swept off a bridge near Amsel. "
        "In the neighbouring Tarn valley, 14 houses were destroyed but no deaths were reported. "
        "The governor, Rosa Veit, declared a state of emergency before the river peaked. "
        "She asked the army to send 200 soldiers; the army has agreed to send 150. "
        "The Red Cross opened four shelters, including one in the school of Amsel. "
        "Forecasters at the World Weather Centre (WWC) expect the rain to end on Tuesday. "
        "Schools in Amsel will stay closed until Friday. "
        "A similar storm hit the region in 1998.",
        "https://example.org/petra",
        "Valley Radio",
        date(2018, 10, 28),
    ),
    (
        "Three people were killed and 14 injured in the Kessel valley on Saturday night.",
        "Storm Petra killed 3 people in the Kessel valley, according to rescue services.",
        "Two brothers aged 9 and 12 were among the dead.",
        "Two of the dead were brothers aged nine and twelve.",
        "Their car was swept off a bridge near Amsel.",
        "Fourteen homes were destroyed in the Tarn valley, but no deaths were reported there.",
        "Governor Rosa Veit declared a state of emergency before the river peaked.",
        "Veit asked the army to send 200 soldiers.",
        "The army agreed to send 150 soldiers.",
        "Four shelters were opened by the Red Cross, one of them in Amsel's school.",
        "Four shelters were opened by the Red Cross, including one in the Amsel school.",
        "The WWC expects the rain to end on Tuesday.",
        "Schools in Amsel will remain closed until Friday.",
        "The region was hit by a similar storm in 1998.",
        "The World Weather Centre forecasts that the rain will end on Tuesday.",
    ),
    (
        ("dead and injured swapped", "Storm Petra killed 14 people and injured three in the Kessel valley."),
        ("place of another fact", "Three people were killed in the Tarn valley."),
        ("houses moved", "In the Kessel valley, 14 houses were destroyed."),
        ("age changed", "Two of the dead were brothers, aged 9 and 11."),
        ("relation invented", "Two of the dead were sisters, aged 9 and 12."),
        ("no made some", "In the neighbouring Tarn valley, deaths were reported."),
        ("before made after", "The governor, Rosa Veit, declared a state of emergency after the river peaked."),
        ("asked made got", "The army has agreed to send 200 soldiers."),
        ("actor changed", "The army opened four shelters, including one in the school of Amsel."),
        ("acronym changed", "Forecasters at the WMO expect the rain to end on Tuesday."),
        ("end made begin", "Forecasters expect the rain to begin on Tuesday."),
        ("closed made open", "Schools in Amsel will stay open until Friday."),
        ("weekday of another fact", "Schools in Amsel will stay closed until Tuesday."),
        ("expected made happened", "The rain ended on Tuesday."),
        ("time of day changed", "Storm Petra killed three people in the Kessel valley on Saturday morning."),
        ("yesterday invented", "Storm Petra killed three people in the Kessel valley yesterday."),
        ("a few made dozens", "Storm Petra killed dozens of people in the Kessel valley."),
        ("source changed", "The Red Cross said Storm Petra killed three people."),
        ("storm of another year", "Storm Petra hit the region in 1998."),
        ("fraction invented", "Half of the dead were brothers."),
        ("clause added", "Storm Petra killed three people, making it the deadliest storm of the decade."),
        ("request reversed", "The army asked the governor to send 200 soldiers."),
        ("near made in", "Their car was swept off a bridge in Kessel."),
    ),
)  # fmt: skip

FOOTBALL = Story(
    Article(
        "Rovers beat United to reach final",
        "Marsh Rovers beat Castle United 3-1 on Wednesday to reach the Lakes Cup final for the first time since 1987. "
        "Striker Leon Abbot scored twice before half-time, and Kim Duarte added a third in the 78th minute. "
        "Castle's only goal came from a penalty by captain Ravi Sethi. "
        "Coach Hanna Frey said her players “had waited all their lives for this night”. "
        "United's goalkeeper, Mika Toll, was sent off for a foul on Abbot. "
        "Rovers will play Port Athletic or Glen Town in the final on 4 June. "
        "Some 21,000 spectators watched the match, fewer than the club had hoped.",
        "https://example.org/rovers",
        "Lakes Sport",
        date(2023, 5, 11),
    ),
    (
        "Marsh Rovers defeated Castle United 3-1 on Wednesday.",
        "Rovers reached the Lakes Cup final for the first time since 1987 by beating Castle United 3–1.",
        "Castle United were beaten 3-1 by Marsh Rovers on Wednesday.",
        "Leon Abbot scored twice before half-time.",
        "Kim Duarte scored the third goal in the 78th minute.",
        "Kim Duarte added the third in the 78th minute.",
        "Captain Ravi Sethi's penalty was Castle's only goal.",
        "Hanna Frey, the coach, said her players \"had waited all their lives for this night.\"",
        "Goalkeeper Mika Toll was sent off for a foul on Abbot.",
        "Rovers will face Port Athletic or Glen Town in the final on June 4.",
        "In the final on June 4, Rovers will play Port Athletic or Glen Town.",
        "About 21,000 spectators watched the match.",
    ),
    (
        ("winner and loser swapped", "Castle United beat Marsh Rovers 3-1 on Wednesday."),
        ("score changed", "Marsh Rovers beat Castle United 3-2 on Wednesday."),
        ("score turned", "Marsh Rovers beat Castle United 1-3 on Wednesday."),
        ("ordinal changed", "Rovers reached the Lakes Cup final for the second time since 1987."),
        ("scorer changed", "Kim Duarte scored twice before half-time."),
        ("minute changed", "Kim Duarte added a third in the 87th minute."),
        ("team of a player", "Rovers' goalkeeper, Mika Toll, was sent off for a foul on Abbot."),
        ("foul turned round", "Abbot was sent off for a foul on Mika Toll."),
        ("or made one", "Rovers will play Port Athletic in the final on 4 June."),
        ("will made did", "Rovers played Port Athletic or Glen Town in the final."),
        ("quotation cut to mean another", "Coach Hanna Frey said her players “had waited for this night all their lives”."),
        ("fewer made more", "Some 21,000 spectators watched the match, more than the club had hoped."),
        ("spectators changed", "Some 12,000 spectators watched the match."),
        ("role changed", "Captain Hanna Frey said her players “had waited all their lives for this night”."),
        ("before made after", "Striker Leon Abbot scored twice after half-time."),
        ("final made won", "Marsh Rovers won the Lakes Cup final for the first time since 1987."),
        ("date changed", "Rovers will play Port Athletic or Glen Town in the final on 14 June."),
        ("goal added", "Leon Abbot scored three times before half-time."),
    ),
)  # fmt: skip

HEALTH = Story(
    Article(
        "Vaccine halves cases in trial, researchers say",
        "A new vaccine against marsh fever reduced cases by 52 percent in a trial of 3,200 children, researchers at Oden University reported. "
        "The vaccine did not prevent severe illness in infants under six months. "
        "Dr. Farah Nouri, who led the study, said the results were promising but not conclusive. "
        "Headaches were reported by one in ten children; no serious side effects were found. "
        "The health ministry has not yet approved the vaccine. "
        "Marsh fever kills about 700 people a year, most of them in the north. "
        "The company Bellis, which makes the vaccine, paid for two-thirds of the study. "
        "A larger trial is planned for 2026, and results are expected by the end of that year.",
        "https://example.org/vaccine",
        "Oden Science",
        date(2024, 2, 6),
    ),
    (
        "The vaccine reduced cases of marsh fever by 52% in a trial of 3,200 children.",
        "Severe illness in infants under six months was not prevented by the vaccine.",
        "Farah Nouri, the study's leader, said the results were promising but not conclusive.",
        "Dr. Farah Nouri said the results were promising but not conclusive.",
        "No serious side effects were found, although one in ten children reported headaches.",
        "No serious side effects were found.",
        "The health ministry has not approved the vaccine yet.",
        "Around 700 people a year are killed by marsh fever.",
        "Marsh fever kills about 700 people each year, mostly in the north.",
        "Bellis, the maker of the vaccine, paid for two-thirds of the study.",
        "A larger trial is planned for 2026.",
        "Results of the larger trial are expected by the end of 2026.",
        "One in ten children reported headaches.",
    ),
    (
        ("share changed", "A new vaccine against marsh fever reduced cases by 62 percent."),
        ("negation dropped", "The vaccine did prevent severe illness in infants under six months."),
        ("negation dropped by a verb", "The vaccine prevents severe illness in infants."),
        ("not yet made done", "The health ministry has approved the vaccine."),
        ("doubt dropped", "Dr. Farah Nouri said the results were conclusive."),
        ("no made serious", "Serious side effects were found in the trial."),
        ("ratio changed", "Headaches were reported by one in five children."),
        ("most made all", "Marsh fever kills about 700 people a year, all of them in the north."),
        ("fraction changed", "The company Bellis paid for three-quarters of the study."),
        ("payer changed", "Oden University paid for two-thirds of the study."),
        ("planned made under way", "A larger trial began in 2026."),
        ("group changed", "A new vaccine reduced cases by 52 percent in a trial of 3,200 adults."),
        ("disease changed", "A new vaccine against malaria reduced cases by 52 percent."),
        ("bound changed", "The vaccine did not prevent severe illness in infants over six months."),
        ("region changed", "Marsh fever kills about 700 people a year, most of them in the south."),
        ("kills made infects", "Marsh fever infects about 700 people a year."),
        ("opinion added", "Unfortunately, the health ministry has not yet approved the vaccine."),
        ("advice added", "Parents should vaccinate their children against marsh fever."),
        ("by made after", "Results are expected after the end of that year."),
    ),
)  # fmt: skip

STRIKE = Story(
    Article(
        "Rail union rejects pay offer",
        "The rail union NRU rejected a pay offer of 6 percent from Kestrel Rail on Friday, and its members voted to walk out for 48 hours next week. "
        "NRU leader Bo Lindqvist said the company “has refused to listen”. "
        "Kestrel's chief executive, Nadia Sorel, said the offer was the highest in a decade. "
        "The transport secretary, Ian Crewe, urged both sides to return to talks. "
        "The union wants a rise of 9.5 percent and an end to Sunday shifts. "
        "Of 5,800 members who voted, 83 percent backed the walkout. "
        "Kestrel failed to reach a deal with a smaller union, the ASD, in April, but settled with the drivers' union in May. "
        "Airport trains will run as normal. "
        "A similar strike in 2016 was called off a day before it was due to begin.",
        "https://example.org/rail",
        "The Daily Signal",
        date(2023, 9, 2),
    ),
    (
        "The NRU rejected a 6% pay offer from Kestrel Rail on Friday.",
        "A pay offer of 6 percent was rejected by the rail union NRU.",
        "Members of the union voted to walk out for 48 hours next week.",
        "Bo Lindqvist, the NRU's leader, said the company “has refused to listen”.",
        "Chief executive Nadia Sorel said the offer was the highest in a decade.",
        "Transport Secretary Ian Crewe urged both sides to return to talks.",
        "The union is demanding a 9.5 percent increase and an end to Sunday shifts.",
        "The union wants a 9.5 percent rise and an end to Sunday shifts.",
        "The walkout was backed by 83% of the 5,800 members who voted.",
        "Kestrel did not reach a deal with the ASD in April.",
        "Airport trains will run as normal.",
        "A similar strike in 2016 was cancelled a day before it was due to begin.",
        "A similar strike was called off in 2016.",
        "Kestrel Rail settled with the drivers' union in May.",
    ),
    (
        ("rejected made accepted", "The rail union NRU accepted a pay offer of 6 percent from Kestrel Rail."),
        ("offer and demand swapped", "The union wants a rise of 6 percent."),
        ("demand made offer", "The rail union NRU rejected a pay offer of 9.5 percent from Kestrel Rail."),
        ("failed made did", "Kestrel reached a deal with the ASD in April."),
        ("settled with another", "Kestrel settled with the ASD in May."),
        ("urged made agreed", "Both sides returned to talks."),
        ("speaker swapped", "Nadia Sorel said the company “has refused to listen”."),
        ("superlative reversed", "Nadia Sorel said the offer was the lowest in a decade."),
        ("post changed", "The finance secretary, Ian Crewe, urged both sides to return to talks."),
        ("voters changed", "Of 8,500 members who voted, 83 percent backed the walkout."),
        ("backed made opposed", "Of 5,800 members who voted, 83 percent opposed the walkout."),
        ("exception dropped", "Airport trains will not run as normal."),
        ("called off made held", "A similar strike in 2016 was held."),
        ("hours made days", "Its members voted to walk out for 48 days next week."),
        ("day moved", "Its members voted to walk out on Sunday."),
        ("seller turned", "Kestrel Rail rejected a pay offer of 6 percent from the rail union NRU."),
        ("unanimous invented", "Members unanimously backed the walkout."),
        ("next week made this week", "Its members voted to walk out for 48 hours this week."),
        ("country invented", "The rail union NRU in Norway rejected a pay offer of 6 percent."),
    ),
)  # fmt: skip

MUSEUM = Story(
    Article(
        "Stolen Renn portrait found in barn",
        "A portrait by Elise Renn that was stolen from the Hollin Museum in 1994 has been found in a barn outside Tarrow, police said on Tuesday. "
        "The painting, “Girl with a Lamp”, is valued at $2.6 million. "
        "It was discovered by a farmer, Joel Pike, who bought the barn from a retired policeman last year. "
        "Detectives arrested a 61-year-old man on suspicion of handling stolen goods; he was released without charge. "
        "The museum's director, Greta Sund, said the canvas was slightly damaged but could be restored. "
        "The insurer had paid the museum $900,000, which it must now repay. "
        "Renn painted the work in 1871, two years before she died. "
        "It will go on display again in the autumn, next to a portrait by her pupil Anton Weil.",
        "https://example.org/renn",
        "Tarrow Gazette",
        date(2020, 1, 14),
        ("Hugo Ness",),
    ),
    (
        "A portrait by Elise Renn stolen from the Hollin Museum in 1994 has been found in a barn outside Tarrow.",
        "The painting is valued at 2.6 million dollars.",
        "Farmer Joel Pike discovered the painting.",
        "The painting was found by farmer Joel Pike.",
        "Joel Pike had bought the barn last year from a retired policeman.",
        "A 61-year-old man was arrested on suspicion of handling stolen goods but released without charge.",
        "Greta Sund, the museum's director, said the canvas was slightly damaged but could be restored.",
        "The insurer had paid the museum $0.9 million.",
        "Renn painted the work in 1871.",
        "Renn died two years after she painted the work.",
        "Renn painted the work two years before she died.",
        "The portrait will go on display again in the autumn.",
        "The museum must now repay the $900,000 that the insurer had paid.",
        "“Girl with a Lamp” was stolen in 1994.",
    ),
    (
        ("work renamed", "The painting, “Girl with a Candle”, is valued at $2.6 million."),
        ("value changed", "The painting is valued at $6.2 million."),
        ("two sums swapped", "The painting is valued at $900,000."),
        ("buyer and seller swapped", "A retired policeman bought the barn from Joel Pike."),
        ("finder changed", "The painting was discovered by a retired policeman."),
        ("suspicion made guilt", "A 61-year-old man handled stolen goods."),
        ("released made charged", "He was charged with handling stolen goods."),
        ("without dropped", "He was released with charge."),
        ("damage exaggerated", "The canvas was severely damaged."),
        ("could made was", "The canvas was restored."),
        ("payer and payee swapped", "The museum had paid the insurer $900,000."),
        ("painter changed", "Anton Weil painted the work in 1871."),
        ("year of another fact", "Renn painted the work in 1994."),
        ("teacher and pupil swapped", "Anton Weil was the teacher of Renn."),
        ("season changed", "It will go on display again in the spring."),
        ("age of the man", "Detectives arrested a 51-year-old man on suspicion of handling stolen goods."),
        ("death year computed", "Renn died in 1871."),
        ("author of the article", "Hugo Ness painted the work in 1871."),
        ("place of the barn", "It was found in a barn in Hollin."),
    ),
)  # fmt: skip

LIGHTHOUSE = Story(
    Article(
        "Keeper's cottage sold to birdwatchers",
        "The lighthouse keeper's cottage on Skarv Island was sold at auction on 3 March for 185,000 pounds, nearly twice its guide price. "
        "The buyer, the Northern Bird Society, plans to turn it into a research station. "
        "Its chairwoman, Edith Mowat, said 62 species nest on the island, but puffins have not bred there since 2011. "
        "The former keeper, Angus Reid, 88, lived in the cottage for 31 years. "
        "A rival bid by the hotel owner Carl Finn was withdrawn shortly before the auction. "
        "The local council had opposed a hotel because the island has no fresh water. "
        "The ferry to Skarv runs twice a week, except in winter.",
        "https://example.org/skarv",
        "Island Herald",
        date(2017, 3, 4),
    ),
    (
        "The keeper's cottage on Skarv Island was sold at auction for £185,000.",
        "It was auctioned on March 3 for nearly twice its guide price.",
        "The Northern Bird Society bought the cottage.",
        "The Northern Bird Society plans to turn the cottage into a research station.",
        "Edith Mowat, the society's chairwoman, said that 62 species nest on the island.",
        "Puffins have not bred on the island since 2011.",
        "Former keeper Angus Reid, who is 88, lived in the cottage for 31 years.",
        "Hotel owner Carl Finn withdrew a rival bid shortly before the auction.",
        "The council opposed a hotel because there is no fresh water on the island.",
        "The ferry to Skarv runs two times a week except in winter.",
    ),
    (
        ("price changed", "The cottage was sold at auction for 158,000 pounds."),
        ("buyer changed", "The hotel owner Carl Finn bought the cottage at auction on 3 March."),
        ("plan made done", "The Northern Bird Society turned it into a research station."),
        ("count changed", "Edith Mowat said 26 species nest on the island."),
        ("not since made since", "Puffins have bred there since 2011."),
        ("former made present", "The keeper, Angus Reid, 88, lives in the cottage."),
        ("age changed", "The former keeper, Angus Reid, 78, lived in the cottage for 31 years."),
        ("age and years swapped", "The former keeper, Angus Reid, 31, lived in the cottage for 88 years."),
        ("withdrawn made won", "A rival bid by the hotel owner Carl Finn won the auction."),
        ("opposed made backed", "The local council had backed a hotel."),
        ("cause changed", "The council opposed a hotel because puffins nest there."),
        ("except made only", "The ferry to Skarv runs twice a week only in winter."),
        ("nearly made more than", "The cottage was sold for more than twice its guide price."),
        ("bird changed", "Gulls have not bred there since 2011."),
        ("twice made daily", "The ferry to Skarv runs twice a day, except in winter."),
    ),
)  # fmt: skip

SUMMIT = Story(
    Article(
        "Talks on river water end without a deal",
        "Talks between Ostria and Belmark over the waters of the River Senn ended on Sunday without an agreement. "
        "Ostria's president, Karim Vale, accused Belmark of holding back water behind the Tarn Dam. "
        "Belmark's foreign minister, Lise Arnaud, rejected the charge and blamed the drought. "
        "The UN envoy Peter Owusu said both countries had agreed to share data on rainfall. "
        "A new round of talks is to be held in Geneva in November. "
        "Ostria imported 40 percent of its power from Belmark last year. "
        "Some farmers in southern Ostria have lost half of their harvest. "
        "In 1974 the two countries fought a brief war over the river, in which more than 2,000 soldiers died.",
        "https://example.org/senn",
        "World Dispatch",
        date(2022, 9, 12),
    ),
    (
        "Talks between Ostria and Belmark ended on Sunday without agreement.",
        "President Karim Vale of Ostria accused Belmark of holding back water behind the Tarn Dam.",
        "Lise Arnaud, Belmark's foreign minister, rejected the charge and blamed the drought.",
        "Both countries agreed to share rainfall data, according to United Nations envoy Peter Owusu.",
        "A new round of talks will be held in Geneva in November.",
        "Last year Ostria imported 40% of its power from Belmark.",
        "Some farmers in southern Ostria lost 50% of their harvest.",
        "The two countries fought a brief war over the river in 1974.",
        "More than 2,000 soldiers died in the war of 1974.",
    ),
    (
        ("without made with", "Talks between Ostria and Belmark ended on Sunday with an agreement."),
        ("accuser and accused swapped", "Belmark accused Ostria of holding back water behind the Tarn Dam."),
        ("rejected made admitted", "Lise Arnaud admitted the charge."),
        ("minister's country", "Ostria's foreign minister, Lise Arnaud, rejected the charge."),
        ("import made export", "Ostria exported 40 percent of its power to Belmark last year."),
        ("partners swapped", "Belmark imported 40 percent of its power from Ostria last year."),
        ("some made most", "Most farmers in southern Ostria have lost half of their harvest."),
        ("half made all", "Some farmers in southern Ostria have lost all of their harvest."),
        ("compass turned", "Some farmers in northern Ostria have lost half of their harvest."),
        ("more than made fewer", "Fewer than 2,000 soldiers died."),
        ("to be held made held", "A new round of talks was held in Geneva."),
        ("month changed", "A new round of talks is to be held in Geneva in December."),
        ("data changed", "Both countries had agreed to share data on rivers."),
        ("accusation made fact", "Belmark held back water behind the Tarn Dam."),
        ("envoy's body", "The EU envoy Peter Owusu said both countries had agreed to share data on rainfall."),
        ("agreement on the wrong thing", "Both countries had agreed to share the waters of the River Senn."),
        ("war moved", "In 1947 the two countries fought a brief war over the river."),
    ),
)  # fmt: skip

SPACE = Story(
    Article(
        "Probe lands on asteroid at second attempt",
        "The probe Larka touched down on the asteroid Vesna on Thursday at 4.10 p.m., eleven hours later than planned. "
        "A first attempt on Monday was aborted 300 metres above the surface after a sensor failed. "
        "Flight director Amina Farouk said the team was “exhausted and very happy”. "
        "Larka will collect up to 60 grams of dust and is expected back on Earth in December 2029. "
        "The mission, run by the agencies of Norland and Japan, has cost 540 million euros so far. "
        "Critics, among them the astronomer Dirk Lohse, say the money would be better spent on telescopes. "
        "No probe had ever landed on so small a body: Vesna is 310 metres wide, about a third of the size of Kora. "
        "If its engine fails, Larka cannot return.",
        "https://example.org/larka",
        "Science Today",
        date(2026, 6, 19),
    ),
    (
        "The probe Larka touched down on the asteroid Vesna on Thursday.",
        "Larka landed on Vesna eleven hours later than planned.",
        "It touched down at 4:10 pm.",
        "A first attempt on Monday was aborted after a sensor failed.",
        "A sensor failure led to the first attempt being aborted 300 metres above the surface.",
        "Amina Farouk, the flight director, said the team was “exhausted and very happy.”",
        "Larka is expected back on Earth in December 2029.",
        "The probe will collect up to 60 grams of dust.",
        "The mission has cost €540 million so far.",
        "Astronomer Dirk Lohse is among the critics who say the money would be better spent on telescopes.",
        "Vesna is 310 metres wide.",
        "Larka cannot return if its engine fails.",
    ),
    (
        ("clock changed", "The probe Larka touched down on the asteroid Vesna at 4.10 a.m."),
        ("later made earlier", "The probe touched down eleven hours earlier than planned."),
        ("attempt confused", "The landing on Thursday was aborted after a sensor failed."),
        ("height changed", "A first attempt was aborted 300 kilometres above the surface."),
        ("part changed", "A first attempt on Monday was aborted after an engine failed."),
        ("mood reversed", "Amina Farouk said the team was “exhausted and very angry”."),
        ("up to made more than", "Larka will collect more than 60 grams of dust."),
        ("expected made returned", "Larka came back to Earth in December 2029."),
        ("year changed", "Larka is expected back on Earth in December 2028."),
        ("agency added", "The mission is run by the agencies of Norland and China."),
        ("critic made supporter", "The astronomer Dirk Lohse praised the mission."),
        ("no made some", "Another probe had landed on so small a body."),
        ("bodies swapped", "Kora is 310 metres wide."),
        ("condition dropped", "Larka cannot return."),
        ("fraction changed", "Vesna is about a quarter of the size of Kora."),
        ("money unit", "The mission has cost 540 million dollars so far."),
    ),
)  # fmt: skip

SCHOOL = Story(
    Article(
        "Town to close its oldest school",
        "Hartwell town council voted 11 to 4 on Tuesday night to close St Anne's, its oldest school, in July. "
        "Council leader Priya Nair said pupil numbers had fallen from 420 to 190 in ten years. "
        "Teachers will be offered jobs elsewhere, but nine cleaners could be dismissed. "
        "Parents plan to challenge the decision in court. "
        "Headteacher Martin Cole did not attend the meeting. "
        "His deputy, Sarah Quin, told councillors that test results were better than at any other school in the town. "
        "Only two councillors from the Green Party voted against the closure; the other votes against came from independents. "
        "The building, designed by Ralph Munro and opened in 1889, may be sold.",
        "https://example.org/stannes",
        "Hartwell Echo",
        date(2016, 2, 24),
    ),
    (
        "Hartwell town council voted on Tuesday to close St Anne's in July.",
        "The council voted 11-4 to close its oldest school.",
        "Pupil numbers had fallen from 420 to 190 in ten years, council leader Priya Nair said.",
        "The number of pupils fell to 190 from 420 within a decade.",
        "Nine cleaners could lose their jobs.",
        "Teachers will be offered jobs elsewhere.",
        "Parents intend to challenge the decision in court.",
        "Martin Cole, the headteacher, was not at the meeting.",
        "Deputy head Sarah Quin said test results were better than at any other school in the town.",
        "Two Green Party councillors voted against the closure.",
        "The building was designed by Ralph Munro and opened in 1889.",
        "The school building may be sold.",
    ),
    (
        ("vote changed", "Hartwell town council voted 12 to 4 to close St Anne's."),
        ("vote turned", "Hartwell town council voted 4 to 11 to close St Anne's."),
        ("close made keep", "Hartwell town council voted to keep St Anne's open."),
        ("fall turned", "Pupil numbers had risen from 190 to 420 in ten years."),
        ("ends swapped", "Pupil numbers had fallen from 190 to 420 in ten years."),
        ("groups swapped", "Nine teachers could be dismissed."),
        ("could made were", "Nine cleaners were dismissed."),
        ("plan made done", "Parents challenged the decision in court."),
        ("absence dropped", "Headteacher Martin Cole attended the meeting."),
        ("speaker's post", "Headteacher Sarah Quin told councillors that test results were better."),
        ("better made worse", "Test results were worse than at any other school in the town."),
        ("party's side", "Two councillors from the Green Party voted for the closure."),
        ("architect changed", "The building was designed by Martin Cole."),
        ("opening year", "The building opened in 1898."),
        ("may made will", "The building will be sold."),
        ("oldest made largest", "The council voted to close its largest school."),
        ("only dropped for all", "All councillors from the Green Party voted against the closure."),
    ),
)  # fmt: skip


BAKERY = Story(
    Article(
        "Court orders bakery chain to repay staff",
        "A labour court in Fjellby ordered the bakery chain Brun on Wednesday to repay 1,150 workers for unpaid overtime. "
        "The sum, about 7.4 million crowns, covers shifts worked between 2014 and 2017. "
        "Brun's owner, Helga Strand, said the chain would respect the ruling, although it considered it wrong. "
        "The case was brought by the food workers' union after a night baker, Amir Sadek, kept a diary of his hours. "
        "“I only wrote down what everybody knew,” he said. "
        "The court dismissed a claim by office staff. "
        "Brun closed 12 of its 90 shops last year and has no plans to open new ones. "
        "Its rival Korn has promised not to cut wages before 2020.",
        "https://example.org/brun",
        "Fjellby Post",
        date(2018, 5, 31),
    ),
    (
        "A labour court in Fjellby ordered Brun to repay 1,150 workers for unpaid overtime.",
        "The bakery chain Brun must repay 1,150 workers for unpaid overtime.",
        "About 7.4 million crowns will be repaid for shifts worked between 2014 and 2017.",
        "Helga Strand, the owner of Brun, said the chain would respect the ruling.",
        "The food workers' union brought the case.",
        "The case was brought after night baker Amir Sadek kept a diary of his hours.",
        "Sadek said: “I only wrote down what everybody knew.”",
        "A claim by office staff was dismissed by the court.",
        "Brun closed twelve of its 90 shops last year.",
        "Brun has no plans to open new shops.",
        "Korn promised not to cut wages before 2020.",
    ),
    (
        ("number changed", "The court ordered Brun to repay 1,510 workers."),
        ("currency changed", "The sum is about 7.4 million euros."),
        ("period changed", "The sum covers shifts worked between 2014 and 2018."),
        ("owner changed", "Korn's owner, Helga Strand, said the chain would respect the ruling."),
        ("would made would not", "Helga Strand said the chain would not respect the ruling."),
        ("bringer changed", "The case was brought by office staff."),
        ("job changed", "The night guard, Amir Sadek, kept a diary of his hours."),
        ("quotation altered", "“I only wrote down what nobody knew,” he said."),
        ("dismissed made accepted", "The court accepted a claim by office staff."),
        ("wrong group repaid", "The court ordered Brun to repay office staff."),
        ("closed made opened", "Brun opened 12 shops last year."),
        ("shares swapped", "Brun closed 90 of its 12 shops last year."),
        ("no plans made plans", "Brun has plans to open new ones."),
        ("promise turned", "Korn has promised to cut wages before 2020."),
        ("promise of another", "Brun has promised not to cut wages before 2020."),
        ("court orders worker", "The court ordered 1,150 workers to repay the bakery chain Brun."),
        ("weekday changed", "A labour court ordered the chain on Thursday to repay 1,150 workers."),
    ),
)  # fmt: skip

FOREST = Story(
    Article(
        "Wildfire near Pinhal under control after six days",
        "Firefighters have brought a wildfire near Pinhal under control after six days, the civil protection agency said on Monday. "
        "The fire burned 4,700 hectares of forest and forced 1,300 people to leave their homes. "
        "Most of them returned on Sunday. "
        "Two firefighters were treated for burns, but their lives are not in danger. "
        "Police suspect arson and are looking for a man who was seen on a motorcycle. "
        "Mayor Rita Lobo criticised the government for sending planes too late. "
        "Interior Minister Nuno Faria replied that strong winds had kept the planes on the ground until Thursday. "
        "Rain is forecast for the weekend. "
        "Last summer, fires in the district destroyed less than a tenth of that area.",
        "https://example.org/pinhal",
        "Diario do Vale",
        date(2025, 8, 11),
    ),
    (
        "A wildfire near Pinhal has been brought under control after six days.",
        "The civil protection agency said on Monday that the wildfire near Pinhal was under control.",
        "The fire burned 4,700 hectares of forest.",
        "1,300 people were forced to leave their homes because of the fire.",
        "Most of the people who left their homes returned on Sunday.",
        "Two firefighters were treated for burns.",
        "Police suspect arson.",
        "Police are searching for a man seen on a motorcycle.",
        "Rita Lobo, the mayor, criticised the government for sending planes too late.",
        "Interior Minister Nuno Faria said strong winds had kept the planes on the ground until Thursday.",
        "Rain is expected at the weekend.",
    ),
    (
        ("under made out of", "The wildfire near Pinhal is still out of control."),
        ("days changed", "Firefighters brought the wildfire under control after nine days."),
        ("area unit", "The fire burned 4,700 acres of forest."),
        ("most made all", "All of them returned on Sunday."),
        ("not in danger made in danger", "The lives of two firefighters are in danger."),
        ("treated made died", "Two firefighters died of burns."),
        ("suspicion made fact", "The fire was started by a man on a motorcycle."),
        ("looking made arrested", "Police arrested a man who was seen on a motorcycle."),
        ("critic and criticised swapped", "The government criticised Mayor Rita Lobo for sending planes too late."),
        ("late made early", "Mayor Rita Lobo criticised the government for sending planes too early."),
        ("minister's post", "Defence Minister Nuno Faria replied that strong winds had kept the planes on the ground."),
        ("weekday swapped", "Strong winds had kept the planes on the ground until Sunday."),
        ("forecast made fact", "Rain fell at the weekend."),
        ("less made more", "Last summer, fires in the district destroyed more than a tenth of that area."),
        ("speaker swapped", "Mayor Rita Lobo replied that strong winds had kept the planes on the ground."),
        ("people killed", "The fire killed 1,300 people."),
        ("place added", "Firefighters from Spain have brought a wildfire near Pinhal under control."),
    ),
)  # fmt: skip


TUNNEL = Story(
    Article(
        "Digging starts on undersea tunnel",
        "Work began on Friday on a 19-kilometre road tunnel between the islands of Havn and Torsey. "
        "The transport ministry expects it to open in 2031 and to cut the journey from 75 minutes to 20. "
        "Fishermen fear that blasting will drive away herring, and have filed a complaint with the environment agency. "
        "Project manager Signe Dahl said her team would not blast during the spawning season. "
        "The tunnel is being built by the Swiss firm Alpbau, which beat four competitors to the contract. "
        "Tolls will cover a third of the cost of 6.8 billion crowns; the state pays the rest. "
        "A ferry accident in which nine people drowned in 2009 had revived the idea. "
        "An earlier plan for a bridge was dropped because of high winds.",
        "https://example.org/torsey",
        "Coast Daily",
        date(2023, 4, 22),
    ),
    (
        "Work on a 19-kilometre road tunnel between Havn and Torsey began on Friday.",
        "Construction of the tunnel started on Friday.",
        "The tunnel is expected to open in 2031.",
        "It will cut the journey from 75 minutes to 20.",
        "Fishermen have filed a complaint with the environment agency.",
        "Signe Dahl, the project manager, said her team would not blast during spawning season.",
        "The Swiss company Alpbau is building the tunnel.",
        "Alpbau beat four competitors to win the contract.",
        "A third of the 6.8 billion crown cost will be covered by tolls.",
        "Nine people drowned in a ferry accident in 2009.",
        "An earlier plan for a bridge was abandoned due to high winds.",
        "The state will pay the rest of the cost.",
    ),
    (
        ("length changed", "Work began on a 29-kilometre road tunnel."),
        ("road made rail", "Work began on Friday on a 19-kilometre rail tunnel."),
        ("year changed", "The transport ministry expects it to open in 2032."),
        ("ends swapped", "The tunnel will cut the journey from 20 minutes to 75."),
        ("fear made fact", "Blasting has driven away herring."),
        ("complaint's address", "Fishermen have filed a complaint with the transport ministry."),
        ("not dropped", "Signe Dahl said her team would blast during the spawning season."),
        ("nationality changed", "The tunnel is being built by the Swedish firm Alpbau."),
        ("competitors won", "Four competitors beat Alpbau to the contract."),
        ("share swapped", "The state pays a third of the cost."),
        ("amount changed", "The tunnel costs 8.6 billion crowns."),
        ("drowned number", "A ferry accident in which 19 people drowned in 2009 had revived the idea."),
        ("year of another fact", "Work on the tunnel began in 2009."),
        ("reason changed", "An earlier plan for a bridge was dropped because of herring."),
        ("bridge made tunnel", "An earlier plan for a tunnel was dropped because of high winds."),
        ("finished", "Work on the tunnel ended on Friday."),
        ("complainer changed", "The environment agency filed a complaint."),
    ),
)  # fmt: skip

MUSIC = Story(
    Article(
        "Singer cancels tour after fall",
        "The singer Ines Calder has cancelled the last six concerts of her tour after breaking her wrist in a fall in Lyon on Sunday. "
        "She did not need surgery, her manager Bob Tran said, but doctors told her to rest for eight weeks. "
        "Tickets bought online will be refunded automatically; others must be returned by 15 July. "
        "Calder, 34, had sold out arenas in Madrid and Milan, though not in Vienna. "
        "Her third album, “Salt Roads”, sold 800,000 copies and won the Aurora Prize, which the judges awarded by a single vote. "
        "The guitarist Leo Marsh, who was also hurt, will miss the festival at Ostend. "
        "Calder may perform there if she recovers in time. "
        "In May she had denied reports that she was leaving her label.",
        "https://example.org/calder",
        "Stage & Sound",
        date(2024, 6, 25),
    ),
    (
        "Ines Calder has cancelled the last six concerts of her tour.",
        "Calder broke her wrist in a fall in Lyon on Sunday.",
        "She did not need surgery, according to her manager, Bob Tran.",
        "Doctors told Calder to rest for eight weeks.",
        "Tickets bought online will be refunded automatically.",
        "Other tickets must be returned by July 15.",
        "Calder, who is 34, had sold out arenas in Madrid and Milan.",
        "Her third album, “Salt Roads”, won the Aurora Prize.",
        "“Salt Roads” sold 800,000 copies.",
        "Guitarist Leo Marsh will miss the festival at Ostend.",
        "Calder might perform at the festival if she recovers in time.",
        "She denied reports in May that she was leaving her label.",
    ),
    (
        ("number changed", "Ines Calder has cancelled the last eight concerts of her tour."),
        ("body part changed", "Ines Calder broke her ankle in a fall in Lyon."),
        ("place changed", "She broke her wrist in a fall in Milan."),
        ("need added", "She needed surgery, her manager Bob Tran said."),
        ("first made last", "Ines Calder has cancelled the first six concerts of her tour."),
        ("all tickets", "All tickets will be refunded automatically."),
        ("not in made in", "Calder had sold out arenas in Madrid, Milan and Vienna."),
        ("ordinal changed", "Her fourth album, “Salt Roads”, sold 800,000 copies."),
        ("prize lost", "“Salt Roads” lost the Aurora Prize."),
        ("person changed", "Calder will miss the festival at Ostend."),
        ("may made will", "Calder will perform there."),
        ("denied made confirmed", "In May she confirmed reports that she was leaving her label."),
        ("denial made fact", "She was leaving her label."),
        ("manager's name", "Her manager Leo Marsh said she did not need surgery."),
        ("age changed", "Calder, 43, had sold out arenas in Madrid and Milan."),
        ("unanimous", "The judges awarded the Aurora Prize unanimously."),
        ("date changed", "Tickets must be returned by 25 July."),
        ("weeks made months", "Doctors told her to rest for eight months."),
    ),
)  # fmt: skip

DAM = Story(
    Article(
        "Villagers return as dam is declared safe",
        "Residents of Ostrel began returning home on Sunday after engineers said a cracked dam above the village would hold. "
        "About 1,300 people had been taken to schools and sports halls on Thursday, when water was seen seeping through the wall. "
        "The regional water board lowered the lake by four metres and filled the crack with resin. "
        "“The danger has passed, but the wall will be replaced,” said board chairman Ulrik Sand. "
        "A new wall would cost some 90 million crowns and could be ready in 2029. "
        "An audit in 2020 had warned of cracks, but the board found no money to mend them. "
        "Opposition politician Vera Holm demanded that Sand step down; he refused. "
        "Farmers lost 200 sheep that could not be moved in time. "
        "The dam, built in 1958, supplies electricity to 40,000 households.",
        "https://example.org/ostrel",
        "Ostrel Daily",
        date(2023, 11, 6),
    ),
    (
        "People from Ostrel started going home on Sunday.",
        "Roughly 1,300 residents were evacuated to schools and sports halls on Thursday.",
        "Engineers concluded that the cracked dam would hold.",
        "The evacuation took place after water was spotted seeping through the dam's wall.",
        "The lake's level was lowered by four metres.",
        "The crack was sealed with resin.",
        "Ulrik Sand, who chairs the water board, said that the danger had passed.",
        "Sand added that the wall would be replaced.",
        "A replacement wall is estimated to cost about 90 million crowns.",
        "The new wall could be completed in 2029.",
        "A 2020 audit had already warned about cracks.",
        "The board lacked the money to repair the cracks.",
        "Vera Holm, a politician from the opposition, called on Sand to resign.",
        "Sand rejected calls to step down.",
        "200 sheep were lost because they could not be moved in time.",
        "The dam was built in 1958 and provides power to 40,000 households.",
        "The dam was constructed in 1958.",
    ),
    (
        ("people counted by households", "About 40,000 people had been taken to schools."),
        ("year of construction moved", "An audit in 1958 had warned of cracks."),
        ("resigned", "Ulrik Sand stepped down."),
        ("demander swapped", "Ulrik Sand demanded that Vera Holm step down."),
        ("warning denied", "An audit in 2020 found no cracks."),
        ("money found", "The board found money to mend the cracks."),
        ("could made will", "The new wall will be ready in 2029."),
        ("sheep saved", "200 sheep were moved in time."),
        ("hold made break", "Engineers said the dam would break."),
        ("lowered made raised", "The regional water board raised the lake by four metres."),
        ("days swapped", "About 1,300 people had been taken to schools on Sunday."),
        ("replaced already", "The wall has been replaced."),
        ("cost of another", "The sheep cost some 90 million crowns."),
        ("danger remains", "The danger has not passed, Ulrik Sand said."),
        ("filler changed", "The regional water board filled the crack with concrete."),
    ),
)  # fmt: skip

CABLE = Story(
    Article(
        "Cable car to Mount Ennik nears completion",
        "The last pylon of the cable car to Mount Ennik was raised by helicopter on Saturday. "
        "Its operator, Ennik Lifts, hopes to carry the first passengers on 4 April 2026. "
        "Building began on 17 June 2023 and was halted in November 2024, when a cable snapped. "
        "Nobody was hurt. "
        "The inquiry ended on 28 August. "
        "The old chairlift closed on 30 September 2019 and was sold to a resort in Dalen.",
        "https://example.org/ennik",
        "Upland Times",
        date(2025, 9, 12),
    ),
    (
        "Ennik Lifts hopes to carry the first passengers on April 4, 2026.",
        "Building began in June 2023.",
        "Building was halted in November 2024 when a cable snapped.",
        "The inquiry ended on 28 August 2025.",
        "The old chairlift closed on September 30th, 2019.",
        "The Upland Times reported on 12 September 2025 that the last pylon was raised by helicopter.",
    ),
    (
        ("day of publication, year of another", "Ennik Lifts hopes to carry the first passengers on 12th September 2026."),
        ("year of another date", "Building began on 17 June 2024."),
        ("day and month of another date", "Ennik Lifts hopes to carry the first passengers on 17 June 2026."),
        ("month of one date, year of another", "Building was halted in November 2023."),
        ("month of another date with the right year", "Building was halted in June 2024."),
        ("far year on a day without one", "The inquiry ended on 28 August 2023."),
        ("year of publication on another date", "The old chairlift closed on 30 September 2025."),
        ("date with year of another deed", "Building began on 4 April 2026."),
    ),
)  # fmt: skip

LIBRARY = Story(
    Article(
        "Flooded library to move into old brewery",
        "The city of Marrow will move its central library into a former brewery, more than a year after a burst pipe ruined 60,000 books. "
        "The council voted 23 to 18 on Tuesday evening to buy the building for 7.2 million crowns. "
        "The first readers are to be admitted on 3 March 2025, chief librarian Edda Voss said. "
        "The pipe broke on 11 January 2023, a holiday, and water ran for nine hours before a night guard noticed it. "
        "Some 4,000 maps were frozen and later dried; two thirds of them could be saved. "
        "The insurer, Halden Mutual, has so far paid 2.6 million crowns and disputes the rest. "
        "Councillor Piet Oram voted against the purchase, saying that the brewery lacked a lift and stood too far from any tram stop. "
        "Voss replied that a lift would be installed and that the tram line might be extended by 2027. "
        "Until the move, the library lends books from two buses.",
        "https://example.org/marrow",
        "Marrow Courier",
        date(2024, 2, 8),
        ("Jon Eckel",),
    ),
    (
        "Marrow's central library will move into a former brewery.",
        "The council voted 23–18 to purchase the building for 7.2 million crowns.",
        "The library is due to open to readers on March 3, 2025, according to chief librarian Edda Voss.",
        "The burst pipe ruined 60,000 books.",
        "Water flowed for nine hours before a night guard discovered the leak.",
        "About 4,000 maps were frozen and subsequently dried, and two-thirds of them were saved.",
        "Halden Mutual has paid 2.6 million crowns so far and is disputing the remainder.",
        "Oram argued that the brewery had no lift and was too far from a tram stop.",
        "Piet Oram, a councillor, opposed the purchase.",
        "Voss said a lift would be installed.",
        "The tram line could be extended by 2027, Voss said.",
        "In the meantime, the library is lending books from two buses.",
        "The pipe burst on January 11, 2023, which was a holiday.",
        "The council approved the purchase of the brewery on Tuesday evening.",
    ),
    (
        ("dates blended", "The pipe broke on 11 January 2024."),
        ("days of two dates blended", "The first readers are to be admitted on 11 March 2025."),
        ("publication's year on another day", "The first readers are to be admitted on 3 March 2024."),
        ("publication's day as an event", "The first readers were admitted on 8 February 2024."),
        ("votes swapped", "The council voted 18 to 23 to buy the building."),
        ("price given to the insurer", "The insurer has so far paid 7.2 million crowns."),
        ("share changed", "Some 4,000 maps were frozen; one third of them could be saved."),
        ("all saved", "All of the maps could be saved."),
        ("might made will", "Voss replied that the tram line will be extended by 2027."),
        ("opponent made supporter", "Councillor Piet Oram voted for the purchase."),
        ("lift present", "The brewery had a lift."),
        ("other's words", "Edda Voss said that the brewery stood too far from any tram stop."),
        ("tense moved", "The central library has moved into a former brewery."),
        ("thing moved", "The burst pipe ruined 60,000 maps."),
        ("hours changed", "Water ran for nine days before a night guard noticed it."),
        ("rest paid", "Halden Mutual has agreed to pay the rest."),
        ("role changed", "Chief librarian Piet Oram voted against the purchase."),
        ("seller invented", "The council voted to sell the building for 7.2 million crowns."),
        ("buses counted", "The library lends books from nine buses."),
        ("former dropped elsewhere", "The building lacked a lift, a night guard said."),
    ),
)  # fmt: skip

RABIES = Story(
    Article(
        "Island declared free of fox rabies",
        "Health officials declared the island of Sorrel free of rabies on Wednesday, three years after the last infected fox was found. "
        "Between 2016 and 2021 helicopters dropped 1.4 million baits with vaccine over forests and moors. "
        "The campaign cost 19 million florins, most of it paid by the European Union. "
        "No human has died of the disease there since 1974. "
        "“We cannot rest, because a single smuggled dog could bring it back,” said Mirela Kost, the chief veterinarian. "
        "Dogs brought to the island must still be vaccinated and spend ten days in quarantine. "
        "The farmers' union wants that period halved; Kost has refused. "
        "Neighbouring Tansy, where 31 cases were recorded last year, plans to begin its own campaign in April.",
        "https://example.org/sorrel",
        "Sorrel Gazette",
        date(2024, 9, 19),
    ),
    (
        "Sorrel was declared rabies-free by health officials on Wednesday.",
        "The last infected fox on the island was found three years earlier.",
        "Helicopters scattered 1.4 million vaccine baits over forests and moors between 2016 and 2021.",
        "The European Union paid most of the campaign's 19 million florin cost.",
        "No one on the island has died of rabies since 1974.",
        "Chief veterinarian Mirela Kost warned that “a single smuggled dog could bring it back”.",
        "Dogs brought to Sorrel must be vaccinated and quarantined for ten days.",
        "Kost has rejected the farmers' union's request to halve the quarantine period.",
        "Tansy recorded 31 cases last year.",
        "Neighboring Tansy intends to start its own campaign in April.",
        "Most of the funding came from the EU.",
    ),
    (
        ("fox made dog", "The last infected dog was found three years ago."),
        ("place swapped", "Health officials declared the island of Tansy free of rabies."),
        ("period shortened", "Dogs must spend five days in quarantine."),
        ("refusal dropped", "Kost has halved the quarantine period."),
        ("request made rule", "The quarantine period was halved."),
        ("since dropped", "No human has ever died of the disease there."),
        ("most made all", "The European Union paid all of the cost of the campaign."),
        ("payer changed", "The farmers' union paid most of the campaign's cost."),
        ("plan made done", "Tansy has begun its own campaign."),
        ("cases moved", "Sorrel recorded 31 cases last year."),
        ("could made did", "A single smuggled dog brought it back."),
        ("years changed", "Between 2016 and 2024 helicopters dropped 1.4 million baits."),
        ("amount of another", "The campaign cost 1.4 million florins."),
        ("speaker changed", "“We cannot rest,” said the farmers' union."),
        ("weekday", "Health officials declared the island free of rabies on Friday."),
        ("negation", "Dogs brought to the island need not be vaccinated."),
    ),
)  # fmt: skip


CLOSE = (
    *(BRIDGE, COURT, MARKET, STORM, FOOTBALL, HEALTH, STRIKE, MUSEUM, LIGHTHOUSE),
    *(SUMMIT, SPACE, SCHOOL, BAKERY, FOREST, TUNNEL, MUSIC, CABLE, DAM),
)


def written(name: str) -> Iterator[Story]:
    """The stories of a round in data/."""
    for story in json.loads((DATA / name).read_text(encoding="utf-8")):
        published = date.fromisoformat(story["published"])
        article = Article(story["title"], story["passage"], source=story["source"], published=published)
        planted = tuple((falsehood["kind"], falsehood["text"]) for falsehood in story["false"])
        yield Story(article, tuple(story["true"]), planted)


FREE = {
    "fourth": (LIBRARY, RABIES),
    "sixth": tuple(written("paraphrases_sixth.json")),
    "seventh": tuple(written("paraphrases_seventh.json")),
    "eighth": tuple(written("paraphrases_eighth.json")),
    "ninth": tuple(written("paraphrases_ninth.json")),
}
