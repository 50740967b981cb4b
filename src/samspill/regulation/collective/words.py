"""What the codes of a needs report are called (bokmål msgids); one place for form and finding."""

from collections.abc import Mapping

from samspill.regulation.collective.facts import BudgetKind, Kind, Phase, PPAnswer, SamiAnswer
from samspill.regulation.text import gettext_noop

CATEGORIES: Mapping[str, str] = {
    "kindergarten": gettext_noop("Barnehage"),
    "school": gettext_noop("Skole"),
    "interdisciplinary": gettext_noop("Tverrfaglig"),
    "general_studies": gettext_noop("Studieforberedende"),
    "vocational_studies": gettext_noop("Yrkesfag"),
}
KINDS: Mapping[str, str] = {
    Kind.MUNICIPALITY: gettext_noop("kommune"),
    Kind.PRIVATE_KINDERGARTEN: gettext_noop("godkjent privat barnehage"),
    Kind.PRIVATE_SCHOOL: gettext_noop("godkjent privat skole"),
    Kind.UNIVERSITY: gettext_noop("universitet eller høyskole"),
    Kind.VOCATIONAL_COLLEGE: gettext_noop("fagskole"),
    Kind.OTHER_ENVIRONMENT: gettext_noop("annet kompetansemiljø"),
    Kind.COUNTY_MUNICIPALITY: gettext_noop("fylkeskommune"),
    Kind.COUNTY_SCHOOL: gettext_noop("fylkeskommunal videregående skole"),
    Kind.STATE_SCHOOL: gettext_noop("statlig skole"),
    Kind.PRIVATE_UPPER_SECONDARY: gettext_noop("privat videregående skole"),
    Kind.TRAINING_COMPANY: gettext_noop("lærebedrift"),
    Kind.TRAINING_COOPERATION: gettext_noop("samarbeidsorgan for lærebedrifter"),
    Kind.UNKNOWN: gettext_noop("ukjent aktør"),
    # Actors that neither report nor receive; named so that a finding can say what they are.
    "county_governor": gettext_noop("statsforvalter"),
    "union": gettext_noop("arbeidstakerorganisasjon"),
    "employer_organisation": gettext_noop("arbeidsgiverorganisasjon"),
    "sami_forum": gettext_noop("forum for samisk språk og kultur"),
    "directorate": gettext_noop("direktorat"),
    "other": gettext_noop("en annen slags aktør"),
}
BUDGET_KINDS: Mapping[str, str] = {
    BudgetKind.PROFESSIONAL: gettext_noop("Faglig bidrag"),
    BudgetKind.TRAVEL: gettext_noop("Reise"),
    BudgetKind.COORDINATOR: gettext_noop("Koordinator"),
    BudgetKind.OWNER_COSTS: gettext_noop("Eiers kostnader"),
    BudgetKind.UNSPLIT: gettext_noop("Faglig bidrag og reise samlet"),
}
PHASES: Mapping[str, str] = {
    Phase.ANALYSE: gettext_noop("Analysere og vurdere"),
    Phase.PLAN: gettext_noop("Planlegge og forankre"),
    Phase.IMPLEMENT: gettext_noop("Gjennomføre"),
}
PP_ANSWERS: Mapping[str, str] = {
    PPAnswer.TAKES_PART: gettext_noop("PP-tjenesten deltar"),
    PPAnswer.SAFEGUARDED: gettext_noop("PP-tjenesten er ivaretatt"),
    PPAnswer.OTHERWISE: gettext_noop("Ivaretatt på annen måte"),
    PPAnswer.NOT_RELEVANT: gettext_noop("Ikke relevant"),
}
SAMI_ANSWERS: Mapping[str, str] = {
    SamiAnswer.SAFEGUARDED: gettext_noop("Ivaretatt i vurderingen"),
    SamiAnswer.NOT_RELEVANT: gettext_noop("Ikke relevant"),
}
COORDINATOR_GROUNDS: Mapping[str, str] = {
    "low_capacity": gettext_noop("Eier har lite kapasitet og kompetanse"),
    "complex_measure": gettext_noop("Tiltaket er sammensatt, med flere instanser"),
}
EXTRA_GROUNDS: Mapping[str, str] = {
    "distance": gettext_noop("Lang avstand til kompetansemiljøet"),
    "other_conditions": gettext_noop("Andre forhold som gjør oppfølgingen dyrere"),
}
THEMES: Mapping[str, str] = {
    "special_needs": gettext_noop("Spesialpedagogikk og inkluderende praksis"),
    "pp_service": gettext_noop("PP-tjenesten"),
    "sami_perspective": gettext_noop("Samiske perspektiver"),
    "prevention_of_exclusion": gettext_noop("Forebygging av utenforskap"),
    "adapted_education": gettext_noop("Tilpasset opplæring og pedagogisk tilbud"),
    "learning_communities": gettext_noop("Profesjonelle læringsfellesskap"),
    "other": gettext_noop("Annet"),
}
TARGET_GROUPS: Mapping[str, str] = {
    "kindergarten_teachers": gettext_noop("Barnehagelærere"),
    "teachers": gettext_noop("Lærere"),
    "leaders": gettext_noop("Ledere"),
    "kindergarten_staff": gettext_noop("Andre ansatte i barnehage"),
    "school_staff": gettext_noop("Andre ansatte i skole"),
    "after_school_staff": gettext_noop("Ansatte i SFO"),
    "adult_education_staff": gettext_noop("Ansatte i opplæring for voksne"),
    "pp_service": gettext_noop("Ansatte i PP-tjenesten"),
    "culture_school": gettext_noop("Ansatte i kulturskolen"),
    "other_services": gettext_noop("Ansatte i andre tjenester"),
    "training_company_staff": gettext_noop("Ansatte i lærebedrift"),
    "instructors": gettext_noop("Instruktører"),
    "training_leaders": gettext_noop("Faglige ledere"),
    "examination_boards": gettext_noop("Prøvenemndsmedlemmer"),
    "follow_up_service": gettext_noop("Ansatte i oppfølgingstjenesten"),
}
