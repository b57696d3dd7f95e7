//! Dutch.

use kayle_domain::FailureCode;
use kayle_domain::share::Claim;

use super::{
    Catalogue, Claims, Common, Confirm, Consent, FailureText, Handoff, Messages, Notices, Outcome,
    Problems, Progress, QuestionText, Sandbox, Titled, catalogue, plural,
};
use crate::page::{Notice, Problem, Question};

/// The Dutch catalogue.
pub(super) static CATALOGUE: Catalogue =
    catalogue!("nl", "Nederlands", "ltr", plural::one_or_other);

const COMMON: Common = Common {
    skip: "Naar de inhoud",
    language: "Taal",
    switch: "Andere taal kiezen",
    ribbon: "Testomgeving: niets hier is echt",
    steps_label: "Voortgang",
    steps: ["Akkoord", "Telefoon", "Controle", "Klaar"],
    step_done: "(klaar)",
    minutes_left: &[("one", "Nog {n} minuut"), ("other", "Nog {n} minuten")],
    hours_left: &[("one", "Nog {n} uur"), ("other", "Nog {n} uur")],
    moments_left: "Nog minder dan een minuut",
    time_is_up: "De tijd is om",
    check_now: "Nu vernieuwen",
    no_script: "Deze pagina wordt elke 20 seconden vanzelf vernieuwd.",
    reconnecting: "Verbinding verbroken. Opnieuw verbinden…",
    cancel: "Verificatie annuleren",
    new_tab: "(opent in een nieuw tabblad)",
    help: |org| format!("Vragen? Schrijf naar {org}:"),
};

const CONSENT: Consent = Consent {
    heading: |org| format!("{org} wil graag uw identiteit verifiëren"),
    lead: "U hebt uw paspoort nodig en een telefoon die de chip ervan kan lezen. Het duurt ongeveer drie minuten. Er wordt niets gedeeld voordat u akkoord gaat.",
    about: |org| format!("Over {org}"),
    website: "Website",
    privacy: "Privacyverklaring",
    terms: "Voorwaarden",
    required: |org| format!("Wat {org} ontvangt"),
    required_mark: "Verplicht",
    optional: "Wat u extra kunt delen",
    optional_lead: |org| format!("{org} ontvangt ook deze gegevens graag. Het kan ook zonder."),
    says: |org| format!("Toelichting van {org}:"),
    added: "Hoort bij elke verificatie.",
    not_shared: |org| format!("Wat {org} niet ontvangt"),
    not_shared_text: |org| {
        format!(
            "Uw pasfoto uit het paspoort, de opnamen van uw gezicht en alles wat hier niet genoemd staat. Dat alles wordt alleen voor de controle gebruikt en niet bewaard. {org} krijgt wel te horen of de controle is gelukt."
        )
    },
    afterwards: "Daarna",
    afterwards_text: ["U wordt doorgestuurd naar ", "."],
    afterwards_here: "Als u klaar bent, kunt u deze pagina sluiten.",
    face: "Uw gezicht",
    biometric: "Ik geef toestemming om mijn gezicht te vergelijken met de foto in mijn paspoort",
    biometric_hint: "Een telefoon filmt kort uw gezicht. Dit zijn biometrische gegevens. Ze worden alleen gebruikt om te controleren of het paspoort van u is, en meteen daarna verwijderd.",
    agree: "Akkoord en doorgaan",
    decline: "Weigeren",
    cannot: "Dit lukt mij niet",
    cannot_text: "Hebt u geen paspoort met een chip of geen geschikte telefoon, of wilt u uw gezicht liever niet laten vergelijken?",
    fallback: |org| format!("Gebruik de andere manier die {org} biedt"),
    support: |org| format!("Vraag {org} om een andere manier:"),
    nobody: |org| format!("Vraag {org} om een andere manier."),
};

const HANDOFF: Handoff = Handoff {
    heading: "Ga verder op uw telefoon",
    scan: "Richt de camera van uw telefoon op deze code. Uw telefoon leest de chip van het paspoort en filmt uw gezicht.",
    qr_alternative: "QR-code die deze verificatie op uw telefoon opent. Dezelfde link staat ernaast als tekst.",
    link_label: "Of open deze link op uw telefoon",
    copy: "Link kopiëren",
    copied: "Gekopieerd",
    heading_phone: "Ga verder in de app",
    lead_phone: "De app leest de chip van uw paspoort en filmt uw gezicht. Houd uw paspoort bij de hand.",
    open: "App openen",
    other_phone: "Een andere telefoon gebruiken",
    next: "Wat u gaat doen",
    next_items: [
        "Scan de pagina met de foto in uw paspoort.",
        "Houd de telefoon tegen het paspoort tot de chip gelezen is.",
        "Kijk even in de camera.",
    ],
    by_itself: "Deze pagina gaat vanzelf verder zodra uw telefoon begonnen is.",
};

const PROGRESS: Progress = Progress {
    heading_chip: "Lees de chip van uw paspoort",
    lead_chip: "Volg de stappen op uw telefoon. Laat het paspoort plat liggen en houd de telefoon er stil bovenop.",
    heading_face: "Nu uw gezicht",
    lead_face: "De chip is gelezen. Kijk in de camera van uw telefoon en volg de aanwijzingen.",
    checks_label: "Stappen op uw telefoon",
    checks: ["Telefoon verbonden", "Chip van het paspoort", "Gezicht"],
    states: ["Klaar", "Nu", "Straks"],
    code_label: "Op uw telefoon staat",
    code_hint: "Op de verbonden telefoon staan dezelfde vier cijfers.",
    release: "Niet uw telefoon? Verbreek de verbinding",
    tries: "Resterende pogingen",
    tries_of: ["Chip van het paspoort", "Gezicht"],
    tries_left: [
        "Geen van de 3 meer over",
        "1 van de 3: dit is de laatste",
        "2 van de 3: nog twee",
        "3 van de 3: nog alle drie",
    ],
    failed: "De laatste poging is niet gelukt",
};

fn claim(claim: Claim) -> &'static str {
    match claim {
        Claim::DocumentTypeCode => "Soort document",
        Claim::IssuingCountryCode => "Land dat het document heeft afgegeven",
        Claim::FamilyName => "Achternaam",
        Claim::GivenNames => "Voornamen",
        Claim::DocumentNumber => "Documentnummer",
        Claim::NationalityCode => "Nationaliteit",
        Claim::DateOfBirth => "Geboortedatum",
        Claim::SexMarker => "Geslacht volgens het document",
        Claim::DocumentExpiryDate => "Datum waarop het document verloopt",
        Claim::MrzOptionalData => "Aanvullende gegevens in het document, zoals een persoonsnummer",
        Claim::KayleDocumentId => "Een code voor uw document (Kayle Document ID)",
        Claim::KayleHumanId => "Een code voor u (Kayle Human ID)",
    }
}

fn hint(claim: Claim) -> Option<&'static str> {
    match claim {
        Claim::KayleDocumentId => Some(
            "Hetzelfde document geeft steeds dezelfde code. Uw documentnummer is er niet uit af te leiden.",
        ),
        Claim::KayleHumanId => Some(
            "Gemaakt van uw naam, geboortedatum, geslacht en nationaliteit, om u ook met een ander document te herkennen. Die gegevens zijn er niet uit af te leiden.",
        ),
        Claim::MrzOptionalData => Some("Wat hier staat, verschilt per land."),
        _ => None,
    }
}

fn age_over(years: u8) -> String {
    format!("Of u {years} jaar of ouder bent – niet uw geboortedatum")
}

/// How it ends.
const OUTCOME: Outcome = Outcome {
    succeeded: Titled {
        heading: "Uw identiteit is geverifieerd",
        text: "Het paspoort is echt en het is van u.",
    },
    succeeded_org: |org| {
        format!("{org} ontvangt de gegevens waarvoor u toestemming hebt gegeven, en verder niets.")
    },
    failed: Titled {
        heading: "Uw identiteit kon niet worden geverifieerd",
        text: "De controle is niet gelukt.",
    },
    failed_again: |org| {
        format!(
            "Er zijn geen gegevens over u of uw document gedeeld. {org} kan een nieuwe verificatie starten."
        )
    },
    expired: Titled {
        heading: "De tijd voor deze verificatie is om",
        text: "De verificatie is niet op tijd afgerond. Er is niets gedeeld.",
    },
    expired_again: |org| {
        format!("Wilt u uw identiteit nog steeds laten verifiëren? Begin dan opnieuw bij {org}.")
    },
    cancelled: Titled {
        heading: "Deze verificatie is geannuleerd",
        text: "U kunt er niet mee verdergaan.",
    },
    cancelled_by_user: Titled {
        heading: "U hebt deze verificatie geannuleerd",
        text: "U kunt er niet mee verdergaan. Er wordt niets meer gedeeld.",
    },
    cancelled_by_org: |org| {
        (
            format!("{org} heeft deze verificatie geannuleerd"),
            format!(
                "U kunt er niet mee verdergaan. Er is niets gedeeld. {org} kan u vertellen waarom."
            ),
        )
    },
    go_on: |host| format!("Verder naar {host}"),
    close: "U kunt deze pagina nu sluiten.",
    countdown: &[
        ("one", "U wordt over {n} seconde doorgestuurd."),
        ("other", "U wordt over {n} seconden doorgestuurd."),
    ],
    pause: "Hier blijven",
    resume: "Toch doorsturen",
    withdrawn: "U hebt uw toestemming ingetrokken",
    withdrawn_part: |org| {
        format!("Wat {org} nog niet had ontvangen, is vernietigd; de rest kan alleen {org} wissen.")
    },
    withdraw_heading: "Bent u van gedachten veranderd?",
    withdraw_text: |org| {
        format!(
            "U kunt uw toestemming nog intrekken voor de gegevens die {org} nog niet heeft ontvangen."
        )
    },
    withdraw_late: |org| {
        format!(
            "{org} heeft het resultaat al ontvangen. Hier kan het niet worden teruggehaald, maar {org} kan het wissen."
        )
    },
    withdraw: "Toestemming intrekken",
};

/// What is asked before something final.
const CONFIRM: Confirm = Confirm { question, back: "Terug" };

fn question(question: Question) -> QuestionText {
    match question {
        Question::Cancel => QuestionText {
            heading: "Deze verificatie annuleren?",
            text: |org| {
                format!(
                    "{org} krijgt alleen te horen dat u hebt geannuleerd; verder wordt er niets gedeeld. Daarna kunt u niet meer verdergaan: {org} zou een nieuwe verificatie moeten starten."
                )
            },
            yes: "Ja, annuleren",
        },
        Question::Withdraw => QuestionText {
            heading: "Toestemming om gegevens te delen intrekken?",
            text: |org| {
                format!(
                    "Wat nog niet bij {org} is afgeleverd, wordt vernietigd en nooit verzonden. Wat {org} al heeft ontvangen, kunt u hier niet terughalen: vraag {org} om het te verwijderen."
                )
            },
            yes: "Ja, intrekken",
        },
        Question::Release => QuestionText {
            heading: "Verbinding met de telefoon verbreken?",
            text: |_| {
                "De verbonden telefoon kan dan niet meer verder. Daarna kunt u een andere verbinden. Gebruikte pogingen krijgt u niet terug."
                    .to_owned()
            },
            yes: "Ja, verbreken",
        },
    }
}

/// Messages carried in the address.
const NOTICES: Notices = Notices { text: notice };

fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::BiometricRequired => {
            "Zet een vinkje onder ‘Uw gezicht’ om verder te gaan. Zonder de vergelijking is deze controle niet mogelijk."
        }
        Notice::SelectionIncomplete => {
            "In uw keuze ontbrak iets wat verplicht is. Geef opnieuw akkoord."
        }
        Notice::ConsentFrozen => {
            "Er is al een telefoon begonnen. Daarom kunt u niet meer wijzigen waarmee u akkoord bent gegaan."
        }
        Notice::Released => {
            "De verbinding met de telefoon is verbroken. U kunt een andere verbinden."
        }
        Notice::Simulating => "De gesimuleerde telefoon is gestart. Deze pagina volgt hem.",
        Notice::Changed => "Dat kon niet meer. Op deze pagina ziet u hoe het er nu voor staat.",
        Notice::TooMany => "Te veel verzoeken. Wacht een minuut en probeer het opnieuw.",
        Notice::Trouble => "Er ging bij ons iets mis. Er is niets veranderd. Probeer het opnieuw.",
    }
}

/// What testers read.
const SANDBOX: Sandbox = Sandbox {
    heading: "Testomgeving: speel de telefoon",
    text: "Kies wat de gesimuleerde telefoon met deze sessie doet, en kijk wat deze pagina laat zien.",
    scenario: "Wat er gebeurt",
    scenarios: [
        "Alles lukt",
        "De chip is niet echt, drie keer",
        "Er is niemand voor de camera te zien, drie keer",
        "Het gezicht is van iemand anders, drie keer",
        "De chip is een kopie: meteen afgelopen",
        "De telefoon maakt verbinding en doet daarna niets",
    ],
    start: "Telefoon starten",
    command_line: "Via de opdrachtregel",
    terminal: "De testomgeving heeft een gesimuleerde telefoon. In een terminal met de instellingen van deze server:",
};

/// What is in the way.
const PROBLEMS: Problems = Problems {
    text: problem,
    app: Titled {
        heading: "Open dit op een telefoon met de app",
        text: "Voor deze stap hebt u de app nodig: die leest de chip van het paspoort en filmt uw gezicht. Installeer de app en scan daarna de code of open de link opnieuw.",
    },
};

fn problem(problem: Problem) -> Titled {
    let (heading, text) = match problem {
        Problem::NotFound => (
            "Deze verificatie bestaat niet",
            "Misschien is de verificatie verwijderd. Controleer de link of vraag de afzender om een nieuwe.",
        ),
        Problem::Malformed => (
            "Deze link is niet volledig",
            "Een deel van het adres ontbreekt of bevat een typefout. Open de link opnieuw, precies zoals u hem hebt gekregen.",
        ),
        Problem::OpenOriginal => (
            "Open uw oorspronkelijke link",
            "Deze verificatie is in een andere browser gestart. Open de link die u hebt gekregen daar, of open hem hier nog een keer.",
        ),
        Problem::WrongLink => (
            "Deze link past niet bij deze verificatie",
            "De sleutel in de link klopt niet. Open de link opnieuw, precies zoals u hem hebt gekregen.",
        ),
        Problem::Forged => (
            "Dit is niet vanaf onze pagina verzonden",
            "Voor uw veiligheid is er niets gewijzigd. Ga terug naar de verificatiepagina en probeer het daar.",
        ),
        Problem::Method => (
            "Op dit adres is niets te zien",
            "Dit adres ontvangt alleen formulieren. Ga terug naar de verificatiepagina en ga daar verder.",
        ),
        Problem::BadForm => (
            "Het formulier kon niet worden gelezen",
            "Er is niets gewijzigd. Ga terug, laad de pagina opnieuw en probeer het nog een keer.",
        ),
        Problem::TooMany => {
            ("Te veel verzoeken", "Wacht een minuut en laad deze pagina dan opnieuw.")
        }
        Problem::Trouble => (
            "Er ging bij ons iets mis",
            "Er is niets gewijzigd. Probeer het over een ogenblik opnieuw.",
        ),
    };
    Titled { heading, text }
}

/// The words for one failure.
fn failure(code: FailureCode) -> FailureText {
    match code {
        FailureCode::DocumentAuthenticityFailed => FailureText {
            what: "Van de gegevens op de chip kon niet worden bevestigd dat ze echt zijn.",
            next: "Controleer of het het juiste paspoort is en lees de chip opnieuw.",
            end: "Er kon niet worden bevestigd dat de gegevens op de chip door een staat zijn afgegeven. Als uw paspoort echt is, wordt het land van afgifte misschien nog niet ondersteund.",
        },
        FailureCode::DocumentActiveAuthenticationFailed => FailureText {
            what: "De chip heeft niet aangetoond dat het de originele is.",
            next: "Houd de telefoon stil op het paspoort en lees de chip opnieuw.",
            end: "De chip heeft niet aangetoond dat het de originele is en geen kopie.",
        },
        FailureCode::DocumentChipAuthenticationFailed => FailureText {
            what: "De beveiligde verbinding met de chip is mislukt.",
            next: "Haal de telefoon uit het hoesje, houd hem stil en lees de chip opnieuw.",
            end: "De chip kon niet via een beveiligde verbinding aantonen dat het de originele is.",
        },
        FailureCode::DocumentAntiCloningAttestationFailed => FailureText {
            what: "De controle tegen gekopieerde chips is niet doorstaan.",
            next: "Dit kan hier niet opnieuw worden geprobeerd.",
            end: "De controle tegen gekopieerde chips is niet doorstaan. Voor de veiligheid kan dit hier niet opnieuw worden geprobeerd.",
        },
        FailureCode::DocumentDataInvalid => FailureText {
            what: "De gegevens op de chip konden niet worden gelezen.",
            next: "Controleer of het document een paspoort met het chipsymbool is en probeer het opnieuw.",
            end: "De gegevens op de chip konden niet als paspoort worden gelezen.",
        },
        FailureCode::LivenessFailed => FailureText {
            what: "We konden niet duidelijk zien dat er een mens voor de camera is.",
            next: "Zorg voor gelijkmatig licht, zet een zonnebril of mondkapje af, houd de telefoon op ooghoogte en probeer het opnieuw.",
            end: "We konden niet duidelijk zien dat er een mens voor de camera was.",
        },
        FailureCode::SelfieFaceMismatch => FailureText {
            what: "Uw gezicht is niet herkend als het gezicht in het paspoort.",
            next: "Controleer of het uw eigen paspoort is. Kijk bij gelijkmatig licht recht in de camera en probeer het opnieuw.",
            end: "Het gezicht voor de camera is niet herkend als het gezicht in het paspoort.",
        },
    }
}
