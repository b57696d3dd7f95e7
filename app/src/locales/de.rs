//! German.

use kayle_domain::FailureCode;
use kayle_domain::share::Claim;

use super::{
    Catalogue, Claims, Common, Confirm, Consent, FailureText, Handoff, Messages, Notices, Outcome,
    Problems, Progress, QuestionText, Sandbox, Titled, catalogue, plural,
};
use crate::page::{Notice, Problem, Question};

/// The German catalogue.
pub(super) static CATALOGUE: Catalogue = catalogue!("de", "Deutsch", "ltr", plural::one_or_other);

const COMMON: Common = Common {
    skip: "Zum Inhalt springen",
    language: "Sprache",
    switch: "Sprache wechseln",
    ribbon: "Testumgebung: Hier ist nichts echt",
    steps_label: "Fortschritt",
    steps: ["Zustimmen", "Smartphone", "Prüfung", "Fertig"],
    step_done: "(erledigt)",
    minutes_left: &[("one", "Noch {n} Minute"), ("other", "Noch {n} Minuten")],
    hours_left: &[("one", "Noch {n} Stunde"), ("other", "Noch {n} Stunden")],
    moments_left: "Weniger als eine Minute übrig",
    time_is_up: "Die Zeit ist abgelaufen",
    check_now: "Jetzt aktualisieren",
    no_script: "Diese Seite aktualisiert sich alle 20 Sekunden von selbst.",
    reconnecting: "Verbindung unterbrochen. Wird wiederhergestellt …",
    cancel: "Identitätsprüfung abbrechen",
    new_tab: "(öffnet sich in einem neuen Tab)",
    help: |org| format!("Fragen? Schreiben Sie an {org}:"),
};

const CONSENT: Consent = Consent {
    heading: |org| format!("{org} möchte Ihre Identität prüfen"),
    lead: "Sie brauchen Ihren Reisepass und ein Smartphone, das den Chip darin auslesen kann. Es dauert etwa drei Minuten. Bevor Sie zustimmen, wird nichts weitergegeben.",
    about: |org| format!("Über {org}"),
    website: "Website",
    privacy: "Datenschutzhinweise",
    terms: "Nutzungsbedingungen",
    required: |org| format!("Was {org} erhält"),
    required_mark: "Erforderlich",
    optional: "Was Sie zusätzlich angeben können",
    optional_lead: |org| {
        format!("{org} hätte gern auch diese Angaben. Es geht aber auch ohne sie.")
    },
    says: |org| format!("{org} schreibt dazu:"),
    added: "Gehört zu jeder Identitätsprüfung.",
    not_shared: |org| format!("Was {org} nicht erhält"),
    not_shared_text: |org| {
        format!(
            "Das Foto aus Ihrem Reisepass, die Aufnahmen Ihres Gesichts und alles, was hier nicht aufgeführt ist. All das dient nur der Prüfung und wird nicht aufbewahrt. {org} erfährt, ob die Prüfung erfolgreich war."
        )
    },
    afterwards: "Danach",
    afterwards_text: ["Sie werden zu ", " weitergeleitet."],
    afterwards_here: "Wenn Sie fertig sind, können Sie diese Seite schließen.",
    face: "Ihr Gesicht",
    biometric: "Ich willige ein, dass mein Gesicht mit dem Foto in meinem Reisepass verglichen wird",
    biometric_hint: "Ein Smartphone filmt kurz Ihr Gesicht. Dabei entstehen biometrische Daten. Mit ihnen wird nur geprüft, ob der Reisepass Ihnen gehört; gleich danach werden sie gelöscht.",
    agree: "Zustimmen und fortfahren",
    decline: "Ablehnen",
    cannot: "Das ist mir nicht möglich",
    cannot_text: "Sie haben keinen Reisepass mit Chip oder kein geeignetes Smartphone, oder Sie möchten Ihr Gesicht lieber nicht vergleichen lassen?",
    fallback: |org| format!("Den anderen Weg nutzen, den {org} anbietet"),
    support: |org| format!("Fragen Sie {org} nach einem anderen Weg:"),
    nobody: |org| format!("Fragen Sie {org} nach einem anderen Weg."),
};

const HANDOFF: Handoff = Handoff {
    heading: "Weiter auf Ihrem Smartphone",
    scan: "Richten Sie die Kamera Ihres Smartphones auf diesen Code. Das Smartphone liest den Chip im Reisepass aus und filmt Ihr Gesicht.",
    qr_alternative: "QR-Code, der diese Identitätsprüfung auf Ihrem Smartphone öffnet. Derselbe Link steht daneben als Text.",
    link_label: "Oder öffnen Sie diesen Link auf Ihrem Smartphone",
    copy: "Link kopieren",
    copied: "Kopiert",
    heading_phone: "Weiter in der App",
    lead_phone: "Die App liest den Chip in Ihrem Reisepass aus und filmt Ihr Gesicht. Halten Sie Ihren Reisepass bereit.",
    open: "App öffnen",
    other_phone: "Anderes Smartphone verwenden",
    next: "So geht es weiter",
    next_items: [
        "Scannen Sie die Seite mit dem Foto in Ihrem Reisepass.",
        "Halten Sie das Smartphone an den Reisepass, bis der Chip ausgelesen ist.",
        "Blicken Sie kurz in die Kamera.",
    ],
    by_itself: "Sobald Ihr Smartphone begonnen hat, geht es auf dieser Seite von selbst weiter.",
};

const PROGRESS: Progress = Progress {
    heading_chip: "Chip im Reisepass auslesen",
    lead_chip: "Folgen Sie den Schritten auf Ihrem Smartphone. Lassen Sie den Reisepass flach liegen und halten Sie das Smartphone ruhig darauf.",
    heading_face: "Jetzt Ihr Gesicht",
    lead_face: "Der Chip ist ausgelesen. Blicken Sie in die Kamera Ihres Smartphones und folgen Sie den Anweisungen dort.",
    checks_label: "Schritte auf Ihrem Smartphone",
    checks: ["Smartphone verbunden", "Chip im Reisepass", "Gesicht"],
    states: ["Erledigt", "Jetzt", "Danach"],
    code_label: "Ihr Smartphone zeigt",
    code_hint: "Auf dem verbundenen Smartphone stehen dieselben vier Ziffern.",
    release: "Nicht Ihr Smartphone? Verbindung trennen",
    tries: "Verbleibende Versuche",
    tries_of: ["Chip im Reisepass", "Gesicht"],
    tries_left: [
        "Keiner mehr von 3",
        "1 von 3: der letzte",
        "2 von 3: noch zwei",
        "3 von 3: noch alle drei",
    ],
    failed: "Der letzte Versuch hat nicht geklappt",
};

fn claim(claim: Claim) -> &'static str {
    match claim {
        Claim::DocumentTypeCode => "Art des Dokuments",
        Claim::IssuingCountryCode => "Land, das das Dokument ausgestellt hat",
        Claim::FamilyName => "Familienname",
        Claim::GivenNames => "Vornamen",
        Claim::DocumentNumber => "Dokumentennummer",
        Claim::NationalityCode => "Staatsangehörigkeit",
        Claim::DateOfBirth => "Geburtsdatum",
        Claim::SexMarker => "Geschlecht laut Dokument",
        Claim::DocumentExpiryDate => "Ablaufdatum des Dokuments",
        Claim::MrzOptionalData => "Zusätzliche Angaben im Dokument, etwa eine persönliche Nummer",
        Claim::KayleDocumentId => "Ein Code für Ihr Dokument (Kayle Document ID)",
        Claim::KayleHumanId => "Ein Code für Sie (Kayle Human ID)",
    }
}

fn hint(claim: Claim) -> Option<&'static str> {
    match claim {
        Claim::KayleDocumentId => Some(
            "Dasselbe Dokument ergibt immer denselben Code. Ihre Dokumentennummer lässt sich daraus nicht ablesen.",
        ),
        Claim::KayleHumanId => Some(
            "Wird aus Ihrem Namen, Geburtsdatum, Geschlecht und Ihrer Staatsangehörigkeit gebildet, um Sie auch mit einem anderen Dokument wiederzuerkennen. Diese Angaben lassen sich daraus nicht ablesen.",
        ),
        Claim::MrzOptionalData => Some("Was hier steht, hängt vom Land ab."),
        _ => None,
    }
}

fn age_over(years: u8) -> String {
    format!("Ob Sie mindestens {years} Jahre alt sind – nicht Ihr Geburtsdatum")
}

/// How it ends.
const OUTCOME: Outcome = Outcome {
    succeeded: Titled {
        heading: "Ihre Identität ist bestätigt",
        text: "Der Reisepass ist echt, und er gehört Ihnen.",
    },
    succeeded_org: |org| format!("{org} erhält nur das, dessen Weitergabe Sie zugestimmt haben."),
    failed: Titled {
        heading: "Ihre Identität konnte nicht bestätigt werden",
        text: "Die Prüfung war nicht erfolgreich.",
    },
    failed_again: |org| {
        format!(
            "Es wurden keine Angaben zu Ihnen oder Ihrem Dokument weitergegeben. {org} kann eine neue Identitätsprüfung starten."
        )
    },
    expired: Titled {
        heading: "Die Zeit für diese Identitätsprüfung ist abgelaufen",
        text: "Die Prüfung wurde nicht rechtzeitig abgeschlossen. Es wurde nichts weitergegeben.",
    },
    expired_again: |org| {
        format!(
            "Wenn Sie Ihre Identität weiterhin prüfen lassen möchten, beginnen Sie bei {org} von vorn."
        )
    },
    cancelled: Titled {
        heading: "Diese Identitätsprüfung wurde abgebrochen",
        text: "Sie können sie nicht fortsetzen.",
    },
    cancelled_by_user: Titled {
        heading: "Sie haben diese Identitätsprüfung abgebrochen",
        text: "Sie können sie nicht fortsetzen. Es wird nichts mehr weitergegeben.",
    },
    cancelled_by_org: |org| {
        (
            format!("{org} hat diese Identitätsprüfung abgebrochen"),
            format!(
                "Sie können sie nicht fortsetzen. Es wurde nichts weitergegeben. {org} kann Ihnen den Grund nennen."
            ),
        )
    },
    go_on: |host| format!("Weiter zu {host}"),
    close: "Sie können diese Seite jetzt schließen.",
    countdown: &[
        ("one", "Sie werden in {n} Sekunde weitergeleitet."),
        ("other", "Sie werden in {n} Sekunden weitergeleitet."),
    ],
    pause: "Hier bleiben",
    resume: "Weiterleiten",
    withdrawn: "Sie haben die Weitergabe widerrufen",
    withdrawn_part: |org| {
        format!(
            "Was {org} noch nicht erreicht hatte, ist vernichtet; den Rest kann nur {org} löschen."
        )
    },
    withdraw_heading: "Haben Sie es sich anders überlegt?",
    withdraw_text: |org| {
        format!(
            "Sie können die Weitergabe noch widerrufen, soweit Ihre Daten {org} noch nicht erreicht haben."
        )
    },
    withdraw_late: |org| {
        format!(
            "Das Ergebnis hat {org} bereits erreicht. Von hier aus lässt es sich nicht zurückholen, aber {org} kann es löschen."
        )
    },
    withdraw: "Weitergabe widerrufen",
};

/// What is asked before something final.
const CONFIRM: Confirm = Confirm { question, back: "Zurück" };

fn question(question: Question) -> QuestionText {
    match question {
        Question::Cancel => QuestionText {
            heading: "Diese Identitätsprüfung abbrechen?",
            text: |org| {
                format!(
                    "{org} erfährt nur, dass Sie abgebrochen haben; sonst wird nichts weitergegeben. Danach können Sie nicht mehr fortfahren: {org} müsste eine neue Identitätsprüfung starten."
                )
            },
            yes: "Ja, abbrechen",
        },
        Question::Withdraw => QuestionText {
            heading: "Weitergabe Ihrer Daten widerrufen?",
            text: |org| {
                format!(
                    "Was noch nicht an {org} übermittelt wurde, wird vernichtet und nie gesendet. Was {org} schon erhalten hat, lässt sich von hier aus nicht zurückholen: Bitten Sie {org}, es zu löschen."
                )
            },
            yes: "Ja, widerrufen",
        },
        Question::Release => QuestionText {
            heading: "Verbindung zum Smartphone trennen?",
            text: |_| {
                "Auf dem verbundenen Smartphone geht es dann nicht mehr weiter. Sie können danach ein anderes verbinden. Verbrauchte Versuche bleiben verbraucht."
                    .to_owned()
            },
            yes: "Ja, trennen",
        },
    }
}

/// Messages carried in the address.
const NOTICES: Notices = Notices { text: notice };

fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::BiometricRequired => {
            "Um fortzufahren, setzen Sie das Häkchen unter „Ihr Gesicht“. Ohne den Vergleich ist diese Prüfung nicht möglich."
        }
        Notice::SelectionIncomplete => {
            "In Ihrer Auswahl fehlte eine erforderliche Angabe. Bitte stimmen Sie noch einmal zu."
        }
        Notice::ConsentFrozen => {
            "Ein Smartphone hat bereits begonnen. Deshalb lässt sich nicht mehr ändern, wozu Sie zugestimmt haben."
        }
        Notice::Released => {
            "Die Verbindung zum Smartphone ist getrennt. Sie können ein anderes verbinden."
        }
        Notice::Simulating => "Das simulierte Smartphone ist gestartet. Diese Seite folgt ihm.",
        Notice::Changed => "Das war nicht mehr möglich. Diese Seite zeigt den aktuellen Stand.",
        Notice::TooMany => {
            "Zu viele Anfragen. Bitte warten Sie eine Minute und versuchen Sie es dann erneut."
        }
        Notice::Trouble => {
            "Bei uns ist etwas schiefgegangen. Es wurde nichts geändert. Bitte versuchen Sie es noch einmal."
        }
    }
}

/// What testers read.
const SANDBOX: Sandbox = Sandbox {
    heading: "Testumgebung: das Smartphone spielen",
    text: "Wählen Sie, was das simulierte Smartphone mit dieser Sitzung macht, und beobachten Sie diese Seite.",
    scenario: "Was geschieht",
    scenarios: [
        "Alles gelingt",
        "Der Chip ist nicht echt, dreimal",
        "Niemand ist vor der Kamera zu sehen, dreimal",
        "Das Gesicht gehört jemand anderem, dreimal",
        "Der Chip ist eine Kopie: sofort zu Ende",
        "Das Smartphone verbindet sich und tut dann nichts",
    ],
    start: "Smartphone starten",
    command_line: "Auf der Kommandozeile",
    terminal: "In der Testumgebung gibt es ein simuliertes Smartphone. In einem Terminal mit den Einstellungen dieses Servers:",
};

/// What is in the way.
const PROBLEMS: Problems = Problems {
    text: problem,
    app: Titled {
        heading: "Öffnen Sie dies auf einem Smartphone mit der App",
        text: "Für diesen Schritt brauchen Sie die App: Sie liest den Chip im Reisepass aus und filmt Ihr Gesicht. Installieren Sie die App und scannen Sie dann den Code noch einmal, oder öffnen Sie den Link erneut.",
    },
};

fn problem(problem: Problem) -> Titled {
    let (heading, text) = match problem {
        Problem::NotFound => (
            "Diese Identitätsprüfung gibt es nicht",
            "Vielleicht wurde sie gelöscht. Prüfen Sie den Link, oder bitten Sie den Absender um einen neuen.",
        ),
        Problem::Malformed => (
            "Dieser Link ist nicht vollständig",
            "Ein Teil der Adresse fehlt oder enthält einen Tippfehler. Öffnen Sie den Link noch einmal genau so, wie Sie ihn erhalten haben.",
        ),
        Problem::OpenOriginal => (
            "Bitte öffnen Sie Ihren ursprünglichen Link",
            "Diese Identitätsprüfung wurde in einem anderen Browser begonnen. Öffnen Sie den Link, den Sie erhalten haben, dort oder noch einmal hier.",
        ),
        Problem::WrongLink => (
            "Dieser Link passt nicht zu dieser Identitätsprüfung",
            "Der Schlüssel im Link ist nicht der richtige. Öffnen Sie den Link noch einmal genau so, wie Sie ihn erhalten haben.",
        ),
        Problem::Forged => (
            "Das wurde nicht von unserer Seite gesendet",
            "Zu Ihrer Sicherheit wurde nichts geändert. Gehen Sie zurück zur Seite der Identitätsprüfung und versuchen Sie es dort.",
        ),
        Problem::Method => (
            "Unter dieser Adresse gibt es nichts zu sehen",
            "Sie nimmt nur Formulare entgegen. Gehen Sie zurück zur Seite der Identitätsprüfung und machen Sie dort weiter.",
        ),
        Problem::BadForm => (
            "Das Formular konnte nicht gelesen werden",
            "Es wurde nichts geändert. Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.",
        ),
        Problem::TooMany => (
            "Zu viele Anfragen",
            "Bitte warten Sie eine Minute und laden Sie diese Seite dann neu.",
        ),
        Problem::Trouble => (
            "Bei uns ist etwas schiefgegangen",
            "Es wurde nichts geändert. Bitte versuchen Sie es gleich noch einmal.",
        ),
    };
    Titled { heading, text }
}

/// The words for one failure.
fn failure(code: FailureCode) -> FailureText {
    match code {
        FailureCode::DocumentAuthenticityFailed => FailureText {
            what: "Die Echtheit der Daten auf dem Chip ließ sich nicht bestätigen.",
            next: "Vergewissern Sie sich, dass es der richtige Reisepass ist, und lesen Sie den Chip noch einmal aus.",
            end: "Es ließ sich nicht bestätigen, dass die Daten auf dem Chip von einem Staat stammen. Wenn Ihr Reisepass echt ist, wird das Land, das ihn ausgestellt hat, vielleicht noch nicht unterstützt.",
        },
        FailureCode::DocumentActiveAuthenticationFailed => FailureText {
            what: "Der Chip hat nicht nachgewiesen, dass er das Original ist.",
            next: "Halten Sie das Smartphone ruhig auf den Reisepass und lesen Sie den Chip noch einmal aus.",
            end: "Der Chip hat nicht nachgewiesen, dass er das Original und keine Kopie ist.",
        },
        FailureCode::DocumentChipAuthenticationFailed => FailureText {
            what: "Die sichere Verbindung zum Chip ist fehlgeschlagen.",
            next: "Nehmen Sie das Smartphone aus der Hülle, halten Sie es ruhig und lesen Sie den Chip noch einmal aus.",
            end: "Der Chip konnte nicht über eine sichere Verbindung zeigen, dass er das Original ist.",
        },
        FailureCode::DocumentAntiCloningAttestationFailed => FailureText {
            what: "Die Prüfung zum Schutz vor kopierten Chips wurde nicht bestanden.",
            next: "Das kann hier nicht noch einmal versucht werden.",
            end: "Die Prüfung zum Schutz vor kopierten Chips wurde nicht bestanden. Aus Sicherheitsgründen kann das hier nicht noch einmal versucht werden.",
        },
        FailureCode::DocumentDataInvalid => FailureText {
            what: "Die Daten auf dem Chip konnten nicht gelesen werden.",
            next: "Vergewissern Sie sich, dass das Dokument ein Reisepass mit dem Chip-Symbol ist, und versuchen Sie es noch einmal.",
            end: "Die Daten auf dem Chip konnten nicht als Reisepass gelesen werden.",
        },
        FailureCode::LivenessFailed => FailureText {
            what: "Es war nicht deutlich zu erkennen, dass ein Mensch vor der Kamera ist.",
            next: "Sorgen Sie für gleichmäßiges Licht, nehmen Sie Sonnenbrille oder Maske ab, halten Sie das Smartphone auf Augenhöhe und versuchen Sie es noch einmal.",
            end: "Es war nicht deutlich zu erkennen, dass ein Mensch vor der Kamera war.",
        },
        FailureCode::SelfieFaceMismatch => FailureText {
            what: "Ihr Gesicht wurde nicht als das Gesicht im Reisepass erkannt.",
            next: "Vergewissern Sie sich, dass es Ihr eigener Reisepass ist. Blicken Sie bei gleichmäßigem Licht gerade in die Kamera und versuchen Sie es noch einmal.",
            end: "Das Gesicht vor der Kamera wurde nicht als das Gesicht im Reisepass erkannt.",
        },
    }
}
