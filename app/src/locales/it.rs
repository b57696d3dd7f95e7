//! Italian.

use kayle_domain::FailureCode;
use kayle_domain::share::Claim;

use super::{
    Catalogue, Claims, Common, Confirm, Consent, FailureText, Handoff, Messages, Notices, Outcome,
    Problems, Progress, QuestionText, Sandbox, Titled, catalogue, plural,
};
use crate::page::{Notice, Problem, Question};

/// The Italian catalogue.
pub(super) static CATALOGUE: Catalogue =
    catalogue!("it", "Italiano", "ltr", plural::one_many_or_other);

const COMMON: Common = Common {
    skip: "Vai al contenuto",
    language: "Lingua",
    switch: "Cambia lingua",
    ribbon: "Ambiente di prova: qui nulla è reale",
    steps_label: "Avanzamento",
    steps: ["Consenso", "Telefono", "Controllo", "Fine"],
    step_done: "(completato)",
    minutes_left: &[
        ("one", "Manca {n} minuto"),
        ("many", "Mancano {n} di minuti"),
        ("other", "Mancano {n} minuti"),
    ],
    hours_left: &[
        ("one", "Manca {n} ora"),
        ("many", "Mancano {n} di ore"),
        ("other", "Mancano {n} ore"),
    ],
    moments_left: "Manca meno di un minuto",
    time_is_up: "Tempo scaduto",
    check_now: "Aggiorna ora",
    no_script: "Questa pagina si aggiorna da sola ogni 20 secondi.",
    reconnecting: "Connessione interrotta. Riconnessione in corso…",
    cancel: "Annulla la verifica",
    new_tab: "(si apre in una nuova scheda)",
    help: |org| format!("Ha domande? Scriva a {org}:"),
};

const CONSENT: Consent = Consent {
    heading: |org| format!("{org} le chiede di verificare la sua identità"),
    lead: "Le servono il passaporto e un telefono in grado di leggerne il chip. Ci vogliono circa tre minuti. Non viene condiviso nulla prima del suo consenso.",
    about: |org| format!("Informazioni su {org}"),
    website: "Sito web",
    privacy: "Informativa sulla privacy",
    terms: "Termini e condizioni",
    required: |org| format!("Che cosa riceve {org}"),
    required_mark: "Obbligatorio",
    optional: "Che cosa può aggiungere",
    optional_lead: |org| {
        format!("{org} vorrebbe ricevere anche questi dati, ma non sono indispensabili.")
    },
    says: |org| format!("{org} spiega:"),
    added: "Fa parte di ogni verifica.",
    not_shared: |org| format!("Che cosa non riceve {org}"),
    not_shared_text: |org| {
        format!(
            "La foto del suo passaporto, le immagini del suo volto e tutto ciò che non è indicato qui. Questi dati servono solo per la verifica e non vengono conservati. {org} saprà se la verifica è riuscita o meno."
        )
    },
    afterwards: "Dopo la verifica",
    afterwards_text: ["Questa pagina la porterà su ", "."],
    afterwards_here: "Al termine potrà chiudere questa pagina.",
    face: "Il suo volto",
    biometric: "Acconsento al confronto del mio volto con la foto del mio passaporto",
    biometric_hint: "Un telefono riprende per qualche istante il suo volto. Si tratta di dati biometrici. Servono solo a verificare che il passaporto sia suo e vengono eliminati subito dopo.",
    agree: "Accetta e continua",
    decline: "Rifiuta",
    cannot: "Non posso fare questa verifica",
    cannot_text: "Non ha un passaporto con chip o un telefono adatto, oppure preferisce che il suo volto non venga confrontato?",
    fallback: |org| format!("Usa l’alternativa offerta da {org}"),
    support: |org| format!("Chieda un’alternativa a {org}:"),
    nobody: |org| format!("Chieda un’alternativa a {org}."),
};

const HANDOFF: Handoff = Handoff {
    heading: "Continui sul telefono",
    scan: "Inquadri questo codice con la fotocamera del telefono. Il telefono leggerà il chip del passaporto e riprenderà il suo volto.",
    qr_alternative: "Codice QR che apre questa verifica sul telefono. Accanto è riportato lo stesso link in forma di testo.",
    link_label: "Oppure apra questo link sul telefono",
    copy: "Copia link",
    copied: "Copiato",
    heading_phone: "Continui nell’app",
    lead_phone: "L’app legge il chip del suo passaporto e riprende il suo volto. Tenga il passaporto a portata di mano.",
    open: "Apri l’app",
    other_phone: "Usa un altro telefono",
    next: "Prossimi passi",
    next_items: [
        "Scansioni la pagina del passaporto con la foto.",
        "Tenga il telefono a contatto con il passaporto fino al termine della lettura del chip.",
        "Guardi per un attimo verso la fotocamera.",
    ],
    by_itself: "Questa pagina proseguirà da sola non appena la verifica inizierà sul telefono.",
};

const PROGRESS: Progress = Progress {
    heading_chip: "Legga il chip del passaporto",
    lead_chip: "Segua i passaggi sul telefono. Tenga il passaporto in piano e il telefono appoggiato sopra, senza muoverlo.",
    heading_face: "Ora il suo volto",
    lead_face: "Il chip è stato letto. Guardi verso la fotocamera del telefono e segua le indicazioni.",
    checks_label: "Passaggi sul telefono",
    checks: ["Telefono collegato", "Chip del passaporto", "Volto"],
    states: ["Fatto", "In corso", "Da fare"],
    code_label: "Il telefono mostra",
    code_hint: "Le stesse quattro cifre compaiono sul telefono collegato.",
    release: "Non è il suo telefono? Lo scolleghi",
    tries: "Tentativi rimasti",
    tries_of: ["Chip del passaporto", "Volto"],
    tries_left: [
        "Nessuno su 3",
        "1 su 3: è l’ultimo",
        "2 su 3: ne restano due",
        "3 su 3: restano tutti e tre",
    ],
    failed: "L’ultimo tentativo non è riuscito",
};

fn claim(claim: Claim) -> &'static str {
    match claim {
        Claim::DocumentTypeCode => "Tipo di documento",
        Claim::IssuingCountryCode => "Paese che ha rilasciato il documento",
        Claim::FamilyName => "Cognome",
        Claim::GivenNames => "Nome",
        Claim::DocumentNumber => "Numero del documento",
        Claim::NationalityCode => "Cittadinanza",
        Claim::DateOfBirth => "Data di nascita",
        Claim::SexMarker => "Sesso indicato sul documento",
        Claim::DocumentExpiryDate => "Data di scadenza del documento",
        Claim::MrzOptionalData => "Dati facoltativi del documento, ad esempio un numero personale",
        Claim::KayleDocumentId => "Un codice associato al suo documento (Kayle Document ID)",
        Claim::KayleHumanId => "Un codice associato a lei (Kayle Human ID)",
    }
}

fn hint(claim: Claim) -> Option<&'static str> {
    match claim {
        Claim::KayleDocumentId => Some(
            "Lo stesso documento dà sempre lo stesso codice. Dal codice non si può risalire al numero del documento.",
        ),
        Claim::KayleHumanId => Some(
            "Ricavato da nome, data di nascita, sesso e cittadinanza, serve a riconoscerla anche con un altro documento. Dal codice non si può risalire a questi dati.",
        ),
        Claim::MrzOptionalData => Some("Il contenuto dipende dal Paese."),
        _ => None,
    }
}

fn age_over(years: u8) -> String {
    format!("Se ha compiuto {years} anni, ma non la sua data di nascita")
}

/// How it ends.
const OUTCOME: Outcome = Outcome {
    succeeded: Titled {
        heading: "La sua identità è verificata",
        text: "Il passaporto è autentico ed è suo.",
    },
    succeeded_org: |org| {
        format!("{org} riceve ciò che lei ha accettato di condividere e nient’altro.")
    },
    failed: Titled {
        heading: "Non è stato possibile verificare la sua identità",
        text: "La verifica non è riuscita.",
    },
    failed_again: |org| {
        format!(
            "Nessun dato su di lei o sul suo documento è stato condiviso. {org} può avviare una nuova verifica."
        )
    },
    expired: Titled {
        heading: "Il tempo per questa verifica è scaduto",
        text: "Non è stata completata in tempo. Nulla è stato condiviso.",
    },
    expired_again: |org| {
        format!("Se desidera ancora verificare la sua identità, ricominci da {org}.")
    },
    cancelled: Titled {
        heading: "Questa verifica è stata annullata",
        text: "Non è possibile proseguirla.",
    },
    cancelled_by_user: Titled {
        heading: "Lei ha annullato questa verifica",
        text: "Non è possibile proseguirla. Nient’altro verrà condiviso.",
    },
    cancelled_by_org: |org| {
        (
            format!("{org} ha annullato questa verifica"),
            format!(
                "Non è possibile proseguirla. Nulla è stato condiviso. {org} può spiegarle il motivo."
            ),
        )
    },
    go_on: |host| format!("Continua su {host}"),
    close: "Ora può chiudere questa pagina.",
    countdown: &[
        ("one", "Reindirizzamento tra {n} secondo."),
        ("many", "Reindirizzamento tra {n} di secondi."),
        ("other", "Reindirizzamento tra {n} secondi."),
    ],
    pause: "Resta qui",
    resume: "Prosegui",
    withdrawn: "Ha revocato il consenso",
    withdrawn_part: |org| {
        format!(
            "Ciò che {org} non aveva ancora ricevuto è distrutto; il resto può cancellarlo solo {org}."
        )
    },
    withdraw_heading: "Ha cambiato idea?",
    withdraw_text: |org| {
        format!("Può revocare il consenso per ciò che non è ancora arrivato a {org}.")
    },
    withdraw_late: |org| {
        format!(
            "{org} ha già ricevuto il risultato. Da qui non si può riprendere, ma {org} può cancellarlo."
        )
    },
    withdraw: "Revoca il consenso",
};

/// What is asked before something final.
const CONFIRM: Confirm = Confirm { question, back: "Indietro" };

fn question(question: Question) -> QuestionText {
    match question {
        Question::Cancel => QuestionText {
            heading: "Annullare questa verifica?",
            text: |org| {
                format!(
                    "Non verrà condiviso nulla con {org}, a parte il fatto che lei ha annullato la verifica. Non potrà più riprenderla: {org} dovrà avviarne una nuova."
                )
            },
            yes: "Sì, annulla",
        },
        Question::Withdraw => QuestionText {
            heading: "Revocare il consenso per questa verifica?",
            text: |org| {
                format!(
                    "Ciò che non è ancora stato consegnato a {org} verrà distrutto e non sarà mai inviato. Ciò che {org} ha già ricevuto non può essere ritirato da qui: chieda a {org} di eliminarlo."
                )
            },
            yes: "Sì, revoca",
        },
        Question::Release => QuestionText {
            heading: "Scollegare il telefono?",
            text: |_| {
                "Il telefono collegato non potrà più continuare. Potrà poi collegarne un altro. I tentativi già usati non si recuperano."
                    .to_owned()
            },
            yes: "Sì, scollega",
        },
    }
}

/// Messages carried in the address.
const NOTICES: Notices = Notices { text: notice };

fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::BiometricRequired => {
            "Per continuare, selezioni la casella sotto «Il suo volto». Senza il confronto questa verifica non è possibile."
        }
        Notice::SelectionIncomplete => {
            "Nella sua selezione mancava un elemento obbligatorio. Dia di nuovo il suo consenso."
        }
        Notice::ConsentFrozen => {
            "La verifica è già iniziata su un telefono, perciò non è più possibile modificare ciò che ha accettato."
        }
        Notice::Released => "Il telefono è scollegato. Può collegarne un altro.",
        Notice::Simulating => "Il telefono simulato è stato avviato. Questa pagina lo segue.",
        Notice::Changed => {
            "L’operazione non era più possibile. Questa pagina mostra la situazione attuale."
        }
        Notice::TooMany => "Troppe richieste. Attenda un minuto e riprovi.",
        Notice::Trouble => {
            "C’è stato un problema da parte nostra. Nulla è stato modificato. Riprovi."
        }
    }
}

/// What testers read.
const SANDBOX: Sandbox = Sandbox {
    heading: "Ambiente di prova: faccia la parte del telefono",
    text: "Scelga che cosa fa il telefono simulato con questa sessione e osservi questa pagina.",
    scenario: "Che cosa succede",
    scenarios: [
        "Tutto riesce",
        "Il chip non è autentico, tre volte",
        "Davanti alla fotocamera non si vede nessuno, tre volte",
        "Il volto è di un’altra persona, tre volte",
        "Il chip è una copia: finisce subito",
        "Il telefono si collega e poi non fa nulla",
    ],
    start: "Avvia il telefono",
    command_line: "Da riga di comando",
    terminal: "L’ambiente di prova dispone di un telefono simulato. In un terminale configurato con le impostazioni di questo server:",
};

/// What is in the way.
const PROBLEMS: Problems = Problems {
    text: problem,
    app: Titled {
        heading: "Apra questo link su un telefono con l’app",
        text: "Questo passaggio richiede l’app sul telefono, che legge il chip del passaporto e riprende il suo volto. Installi l’app, poi scansioni di nuovo il codice o riapra il link.",
    },
};

fn problem(problem: Problem) -> Titled {
    let (heading, text) = match problem {
        Problem::NotFound => (
            "Questa verifica non esiste",
            "Potrebbe essere stata eliminata. Controlli il link o ne chieda uno nuovo a chi gliel’ha inviato.",
        ),
        Problem::Malformed => (
            "Questo link è incompleto",
            "Una parte dell’indirizzo manca o contiene un errore. Riapra il link esattamente come l’ha ricevuto.",
        ),
        Problem::OpenOriginal => (
            "Apra il link originale",
            "Questa verifica è stata avviata in un altro browser. Apra lì il link che ha ricevuto oppure lo riapra qui.",
        ),
        Problem::WrongLink => (
            "Questo link non corrisponde a questa verifica",
            "La chiave contenuta nel link non è quella giusta. Riapra il link esattamente come l’ha ricevuto.",
        ),
        Problem::Forged => (
            "Questa richiesta non proviene dalla nostra pagina",
            "Per la sua sicurezza nulla è stato modificato. Torni alla pagina della verifica e riprovi da lì.",
        ),
        Problem::Method => (
            "Non c’è nulla da vedere a questo indirizzo",
            "Serve solo a ricevere moduli. Torni alla pagina della verifica e continui da lì.",
        ),
        Problem::BadForm => (
            "Non è stato possibile leggere il modulo",
            "Nulla è stato modificato. Torni indietro, ricarichi la pagina e riprovi.",
        ),
        Problem::TooMany => ("Troppe richieste", "Attenda un minuto, poi ricarichi questa pagina."),
        Problem::Trouble => (
            "C’è stato un problema da parte nostra",
            "Nulla è stato modificato. Riprovi tra qualche istante.",
        ),
    };
    Titled { heading, text }
}

/// The words for one failure.
fn failure(code: FailureCode) -> FailureText {
    match code {
        FailureCode::DocumentAuthenticityFailed => FailureText {
            what: "Non è stato possibile confermare l’autenticità dei dati del chip.",
            next: "Controlli che sia il passaporto giusto e legga di nuovo il chip.",
            end: "Non è stato possibile confermare che i dati del chip provengano da uno Stato. Se il passaporto è autentico, il Paese che l’ha rilasciato potrebbe non essere ancora tra quelli accettati.",
        },
        FailureCode::DocumentActiveAuthenticationFailed => FailureText {
            what: "Il chip non ha dimostrato di essere l’originale.",
            next: "Tenga il telefono fermo sul passaporto e legga di nuovo il chip.",
            end: "Il chip non ha dimostrato di essere l’originale e non una copia.",
        },
        FailureCode::DocumentChipAuthenticationFailed => FailureText {
            what: "La connessione sicura con il chip non è riuscita.",
            next: "Tolga la custodia dal telefono, lo tenga fermo e legga di nuovo il chip.",
            end: "Il chip non ha potuto dimostrare con una connessione sicura di essere l’originale.",
        },
        FailureCode::DocumentAntiCloningAttestationFailed => FailureText {
            what: "Il controllo di protezione dai chip copiati non è stato superato.",
            next: "Qui non è possibile riprovare.",
            end: "Il controllo di protezione dai chip copiati non è stato superato. Per sicurezza, qui non è possibile riprovare.",
        },
        FailureCode::DocumentDataInvalid => FailureText {
            what: "Non è stato possibile leggere i dati del chip.",
            next: "Controlli che il documento sia un passaporto con il simbolo del chip e riprovi.",
            end: "Non è stato possibile leggere i dati del chip come quelli di un passaporto.",
        },
        FailureCode::LivenessFailed => FailureText {
            what: "Non siamo riusciti ad accertare la presenza di una persona davanti alla fotocamera.",
            next: "Si metta in un punto con luce uniforme, tolga gli occhiali da sole o la mascherina, tenga il telefono all’altezza degli occhi e riprovi.",
            end: "Durante la verifica non siamo riusciti ad accertare la presenza di una persona davanti alla fotocamera.",
        },
        FailureCode::SelfieFaceMismatch => FailureText {
            what: "Il suo volto non è stato riconosciuto come quello del passaporto.",
            next: "Si assicuri che sia proprio il suo passaporto. Si metta di fronte alla fotocamera con una luce uniforme e riprovi.",
            end: "Il volto davanti alla fotocamera non è stato riconosciuto come quello del passaporto.",
        },
    }
}
