"""What the demo's needs reports say (oppdiktede tiltak): measures an owner could have thought of.

Made up, and in nobody's name. Eight for each category, so that a county does not repeat itself.
"""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Idea:
    """A measure in words (tiltak): what is asked for, and what will be seen when it works."""

    title: str
    aims: str
    signs: str
    themes: tuple[str, ...]
    #: Per cent, where special needs is among the themes.
    special_needs_share: int | None = None


LEARNING, EXCLUSION = "learning_communities", "prevention_of_exclusion"
ADAPTED, SPECIAL, PP = "adapted_education", "special_needs", "pp_service"

KINDERGARTEN = (
    Idea(
        "Språk og lek: tettere på i barnehagene",
        "De voksne skal bli tryggere på å støtte språket i leken. Barn som snakker lite, skal få "
        "flere gode samtaler hver dag.",
        "De voksne leser og forteller mer. Barna bruker nye ord når de leker med hverandre.",
        (LEARNING, ADAPTED),
    ),
    Idea(
        "Alle barn er med i leken",
        "Ingen barn skal stå utenfor. Personalet skal se det tidlig og vite hva de kan gjøre.",
        "Vi ser færre barn alene. Personalet beskriver leken likt i avdelingsmøtene.",
        (EXCLUSION, LEARNING),
    ),
    Idea(
        "Relasjoner på småbarnsavdelingen",
        "De yngste skal møte trygge voksne som forstår signalene deres.",
        "Barna roer seg raskere. De voksne setter ord på hva de selv gjør.",
        (LEARNING,),
    ),
    Idea(
        "Ute hele året",
        "Naturen skal være et sted å lære, for alle barn og i all slags vær.",
        "Flere timer ute, og leker som går igjen fra dag til dag.",
        (ADAPTED, LEARNING),
    ),
    Idea(
        "Barn som trenger mer hjelp",
        "Barn med særlige behov skal få hjelpen inne i fellesskapet, ikke på siden av det.",
        "Færre timer ute av gruppa. Planene følges opp hver måned.",
        (SPECIAL, EXCLUSION),
        60,
    ),
    Idea(
        "Barns medvirkning i hverdagen",
        "Barna skal merke at det de mener, betyr noe for dagen.",
        "Barna foreslår selv hva de vil gjøre. Personalet kan vise til valg barna har tatt.",
        (LEARNING,),
    ),
    Idea(
        "Rolige overganger fra barnehage til skole",
        "Skolestarterne skal kjenne igjen noe når de begynner i første klasse.",
        "Barnehage og skole bruker de samme ordene om barnet. Færre utrygge dager i august.",
        (LEARNING, ADAPTED),
    ),
    Idea(
        "Digital dømmekraft med de minste",
        "Personalet skal bruke digitale verktøy til å skape og undersøke, ikke til å sitte stille.",
        "Barna lager egne bilder og fortellinger. Skjermen er sjelden i bruk uten en voksen.",
        (ADAPTED, LEARNING),
    ),
)
SCHOOL = (
    Idea(
        "Lesing i alle fag",
        "Alle lærere skal vite hvordan de hjelper elevene å lese fagtekster.",
        "Elevene spør mer om teksten. Lærerne planlegger leseoppdrag sammen.",
        (LEARNING, ADAPTED),
    ),
    Idea(
        "Vurdering for læring på ungdomstrinnet",
        "Elevene skal vite hva de kan, og hva neste steg er.",
        "Færre karakterer underveis og flere samtaler. Elevene setter egne mål.",
        (LEARNING,),
    ),
    Idea(
        "Begynneropplæring som gir lyst til mer",
        "De yngste elevene skal lese, skrive og regne gjennom lek og utforsking.",
        "Elevene velger bøker selv. Læreren rekker over alle hver uke.",
        (ADAPTED, LEARNING),
    ),
    Idea(
        "Matematikk vi kan ta på",
        "Elevene skal forstå, ikke bare regne ut.",
        "Elevene forklarer hvordan de tenker. Oppgavene har mer enn ett riktig svar.",
        (ADAPTED, LEARNING),
    ),
    Idea(
        "Et trygt klassemiljø",
        "Ingen elever skal grue seg til skolen på grunn av andre.",
        "Elevundersøkelsen går fram på trivsel. Saker tas opp innen en uke.",
        (EXCLUSION, LEARNING),
    ),
    Idea(
        "Tilpasset opplæring i det vanlige klasserommet",
        "Flere elever skal få det de trenger uten å gå ut av klassen.",
        "Færre enkeltvedtak, og elever som mestrer mer i fellesskapet.",
        (SPECIAL, ADAPTED),
        50,
    ),
    Idea(
        "Små skoler lærer sammen",
        "Lærere på skoler med få ansatte skal få kolleger i samme fag.",
        "Faste møter på nett hver tredje uke. Opplegg prøves på flere skoler.",
        (LEARNING,),
    ),
    Idea(
        "Skriving som verktøy for å tenke",
        "Elevene skal skrive mer, kortere og oftere.",
        "Skriveoppdrag i minst tre fag hver uke. Elevene gir hverandre råd.",
        (LEARNING, ADAPTED),
    ),
)
INTERDISCIPLINARY = (
    Idea(
        "Laget rundt barnet og eleven",
        "Barnehage, skole og PP-tjeneste skal møte familien som ett lag.",
        "Foreldre forteller historien sin én gang. Ventetida på hjelp blir kortere.",
        (PP, EXCLUSION),
    ),
    Idea(
        "PP-tjenesten tett på",
        "PP-tjenesten skal bruke mer tid ute i enhetene, og mindre på utredning alene.",
        "Flere observasjoner og råd før henvisning. Færre saker som kommer for sent.",
        (PP, SPECIAL),
        70,
    ),
    Idea(
        "Skolefravær: tidlig og sammen",
        "Vi skal oppdage bekymringsfullt fravær tidlig og handle likt.",
        "Felles rutine fra første dag. Færre elever borte mer enn ti dager.",
        (EXCLUSION, PP),
    ),
    Idea(
        "Felles språk om inkludering",
        "Alle som arbeider med barn hos oss, skal mene det samme med inkludering.",
        "De samme ordene i planer og møter. Personalet kan vise til eksempler.",
        (SPECIAL, LEARNING),
        40,
    ),
    Idea(
        "Flerspråklige barn i hele løpet",
        "Barn med flere språk skal bli sett som språksterke, fra barnehage til ungdomsskole.",
        "Flere språk på veggene. Foreldre blir med og forteller.",
        (ADAPTED, EXCLUSION),
    ),
    Idea(
        "Samisk språk og kultur i hverdagen",
        "Barn og elever skal møte samisk språk og kultur hver uke, ikke bare 6. februar.",
        "Samiske ord i daglig bruk. Samarbeid med samiske miljøer om årets planer.",
        ("sami_perspective", LEARNING),
    ),
    Idea(
        "Ledere som lærer av hverandre",
        "Styrere og rektorer skal lede læring i egen enhet, med støtte fra hverandre.",
        "Faste besøk mellom enheter. Lederne prøver ut og forteller hvordan det gikk.",
        (LEARNING,),
    ),
    Idea(
        "Kulturskolen som medspiller",
        "Kunst og musikk skal gi flere barn en vei inn i fellesskapet.",
        "Kulturskolelærere deltar i planleggingen. Flere barn tør å vise fram noe.",
        (EXCLUSION, LEARNING),
    ),
)
IDEAS = {
    "kindergarten": KINDERGARTEN,
    "school": SCHOOL,
    "interdisciplinary": INTERDISCIPLINARY,
}


class Assessed(NamedTuple):
    """How an owner looked at its needs (behovsvurdering)."""

    how: str
    by: str


ASSESSED = (
    Assessed(
        "Vi gikk gjennom ståstedsanalysene fra alle enhetene, og spurte de ansatte hva de trenger "
        "mest. Til slutt valgte lederne ut det som gikk igjen flest steder.",
        "Ledergruppa for oppvekst, sammen med styrere, rektorer og tillitsvalgte",
    ),
    Assessed(
        "Hver enhet hadde en halv dag til å se på egne resultater og egen praksis. Funnene ble "
        "lagt sammen i et felles møte, der også PP-tjenesten var med.",
        "Styrere, rektorer, PP-leder og plasstillitsvalgte",
    ),
    Assessed(
        "Vi brukte elevundersøkelsen, foreldreundersøkelsen i barnehagene og samtaler med de "
        "ansatte. Vi så særlig etter barn og elever som faller utenfor.",
        "Oppvekstleder og en arbeidsgruppe med ansatte fra barnehage og skole",
    ),
)
SAMI = (
    "Vi har spurt foreldre og ansatte om samisk språk og kultur, og tatt svarene med i planen.",
    "Ståstedsanalysen har egne spørsmål om samisk innhold. Enhetene trenger mer kunnskap.",
)
PARTNERSHIP = (
    "Partneren og vi planlegger hver samling sammen. Ansatte prøver ut mellom samlingene, og "
    "partneren veileder på nett.",
    "Vi møtes fire ganger i året. Partneren bidrar med fag og forskning, vi med erfaringer fra "
    "praksis. En styringsgruppe følger opp.",
    "Partneren er hos oss to dager i halvåret. En ressursgruppe med ansatte driver arbeidet "
    "mellom besøkene.",
)
OWN_EFFORT = (
    "Vi setter av to planleggingsdager og en times fagmøte hver måned. Lederne følger opp mellom "
    "samlingene.",
    "Vi dekker vikar når ansatte er på samling, og stiller lokaler. En leder har ansvar i hver "
    "enhet.",
    "Vi bruker fellestida hver uke til arbeidet, og frigjør to ansatte til ressursgruppa.",
)
SHARING = (
    "Enhetene besøker hverandre og viser fram hva de har prøvd. Opplegg legges ut for alle.",
    "Vi har delingsmøte hvert halvår, og inviterer nabokommunene til det siste.",
    "Ressursgruppa lager korte filmer og maler som alle ansatte kan bruke.",
)
COMPETENCE_PLAN = (
    "Behovet står i kapittel 3 i kompetanseplanen for oppvekst.",
    "Kompetanseplanen har dette som et av tre satsingsområder.",
)
TEACHER_EDUCATION = (
    "Studenter i praksis følger arbeidet, og faglærerne bruker erfaringene i undervisningen.",
    "Eksempler fra enhetene går inn i emnene, og to ansatte holder gjestetime hvert år.",
)
COORDINATOR = "Flere eiere og tjenester er med. Noen må holde trådene samlet mellom samlingene."
PUBLIC_REASONS = {
    1: "Behovet er godt begrunnet og delt av mange. Tiltaket når ansatte som ellers får lite.",
    2: "Tiltaket er godt planlagt. Andre behov i fylket er noe mer presserende.",
    3: "Tiltaket er mulig å gjennomføre senere, eller med mindre støtte.",
}
RETURNED = "Tiltaket er godt beskrevet. Vi trenger litt mer før vi kan vurdere det."
REMARKS = {
    "own_effort": "Skriv hvor mange timer de ansatte får til arbeidet.",
    "knowledge_sharing": "Skriv hvordan private barnehager og skoler får del i det dere lærer.",
}
