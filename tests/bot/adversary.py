"""Falsehoods planted in what a model might write, each of a kind, beside true sentences over the same passages.

Places and people are invented. `SEEN` was at hand while the rules were written and tuned; `UNSEEN` was written
afterwards, and no rule was changed for it.
"""

from dataclasses import dataclass
from datetime import date

from corpus.article import Article
from index.passage import Passage


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

SEEN = (BRIDGE, COURT, MARKET, STORM, FOOTBALL, HEALTH, STRIKE, MUSEUM)
UNSEEN: tuple[Story, ...] = ()
