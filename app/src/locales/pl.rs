//! Polish.

use kayle_domain::FailureCode;
use kayle_domain::share::Claim;

use super::{
    Catalogue, Claims, Common, Confirm, Consent, FailureText, Handoff, Messages, Notices, Outcome,
    Problems, Progress, QuestionText, Sandbox, Titled, catalogue,
};
use crate::page::{Notice, Problem, Question};

/// The Polish catalogue.
pub(super) static CATALOGUE: Catalogue = catalogue!("pl", "Polski", "ltr", plural);

/// Its plural rule (CLDR).
fn plural(count: u64) -> &'static str {
    let few = matches!(count % 10, 2..=4) && !matches!(count % 100, 12..=14);
    if count == 1 {
        "one"
    } else if few {
        "few"
    } else {
        "many"
    }
}

const COMMON: Common = Common {
    skip: "Przejdź do treści",
    language: "Język",
    switch: "Zmień język",
    ribbon: "Środowisko testowe: nic tu nie jest prawdziwe",
    steps_label: "Postęp",
    steps: ["Zgoda", "Telefon", "Sprawdzenie", "Gotowe"],
    step_done: "(ukończono)",
    minutes_left: &[
        ("one", "Została {n} minuta"),
        ("few", "Zostały {n} minuty"),
        ("many", "Zostało {n} minut"),
        ("other", "Zostało {n} minuty"),
    ],
    hours_left: &[
        ("one", "Została {n} godzina"),
        ("few", "Zostały {n} godziny"),
        ("many", "Zostało {n} godzin"),
        ("other", "Zostało {n} godziny"),
    ],
    moments_left: "Została niecała minuta",
    time_is_up: "Czas minął",
    check_now: "Odśwież teraz",
    no_script: "Ta strona odświeża się sama co 20 sekund.",
    reconnecting: "Utracono połączenie. Ponowne łączenie…",
    cancel: "Anuluj weryfikację",
    new_tab: "(otwiera się w nowej karcie)",
    help: |org| format!("W razie pytań napisz do organizacji {org}:"),
};

const CONSENT: Consent = Consent {
    heading: |org| format!("{org} prosi o weryfikację tożsamości"),
    lead: "Potrzebne są paszport i telefon, który odczyta jego chip. Całość trwa około trzech minut. Przed wyrażeniem zgody nic nie zostanie udostępnione.",
    about: |org| format!("O organizacji {org}"),
    website: "Strona internetowa",
    privacy: "Polityka prywatności",
    terms: "Regulamin",
    required: |org| format!("Co otrzyma {org}"),
    required_mark: "Wymagane",
    optional: "Co można dodać",
    optional_lead: |org| format!("{org} prosi również o te dane, ale nie są one konieczne."),
    says: |org| format!("{org} wyjaśnia:"),
    added: "Część każdej weryfikacji.",
    not_shared: |org| format!("Czego {org} nie otrzyma"),
    not_shared_text: |org| {
        format!(
            "Zdjęcia z paszportu, nagrań twarzy ani żadnych danych, których tu nie wymieniono. Służą one tylko do sprawdzenia i nie są przechowywane. {org} dowie się, czy sprawdzenie się powiodło."
        )
    },
    afterwards: "Po zakończeniu",
    afterwards_text: ["Nastąpi przekierowanie na stronę ", "."],
    afterwards_here: "Tę stronę będzie można zamknąć.",
    face: "Twarz",
    biometric: "Wyrażam zgodę na porównanie mojej twarzy ze zdjęciem w moim paszporcie",
    biometric_hint: "Telefon przez chwilę nagrywa twarz. Są to dane biometryczne. Posłużą tylko do sprawdzenia, czy paszport należy do osoby przed kamerą, i zaraz potem zostaną usunięte.",
    agree: "Wyrażam zgodę i przechodzę dalej",
    decline: "Nie wyrażam zgody",
    cannot: "Nie mogę tego zrobić",
    cannot_text: "Brak paszportu z chipem, brak odpowiedniego telefonu albo brak zgody na porównanie twarzy?",
    fallback: |org| format!("Skorzystaj z innego sposobu, który oferuje {org}"),
    support: |org| format!("Zapytaj organizację {org} o inny sposób:"),
    nobody: |org| format!("Zapytaj organizację {org} o inny sposób."),
};

const HANDOFF: Handoff = Handoff {
    heading: "Kontynuuj na telefonie",
    scan: "Skieruj aparat telefonu na ten kod. Telefon odczyta chip paszportu i nagra twarz.",
    qr_alternative: "Kod QR, który otwiera tę weryfikację na telefonie. Ten sam link jest podany obok jako tekst.",
    link_label: "Lub otwórz ten link na telefonie",
    copy: "Kopiuj link",
    copied: "Skopiowano",
    heading_phone: "Kontynuuj w aplikacji",
    lead_phone: "Aplikacja odczyta chip paszportu i nagra twarz. Przygotuj paszport.",
    open: "Otwórz aplikację",
    other_phone: "Użyj innego telefonu",
    next: "Co będzie dalej",
    next_items: [
        "Zeskanuj stronę paszportu ze zdjęciem.",
        "Przyłóż telefon do paszportu i poczekaj, aż odczyta chip.",
        "Przez chwilę patrz w kamerę.",
    ],
    by_itself: "Ta strona sama przejdzie dalej, gdy tylko weryfikacja rozpocznie się na telefonie.",
};

const PROGRESS: Progress = Progress {
    heading_chip: "Odczytaj chip paszportu",
    lead_chip: "Wykonuj kolejne kroki na telefonie. Paszport ma leżeć płasko, a telefon nieruchomo na nim.",
    heading_face: "Teraz twarz",
    lead_face: "Chip został odczytany. Spójrz w kamerę telefonu i postępuj zgodnie ze wskazówkami.",
    checks_label: "Kroki na telefonie",
    checks: ["Telefon połączony", "Chip paszportu", "Twarz"],
    states: ["Gotowe", "Teraz", "Potem"],
    code_label: "Kod na telefonie:",
    code_hint: "Na połączonym telefonie widać te same cztery cyfry.",
    release: "To nie ten telefon? Rozłącz go",
    tries: "Pozostałe próby",
    tries_of: ["Chip paszportu", "Twarz"],
    tries_left: [
        "0 z 3: nie ma więcej prób",
        "1 z 3: to już ostatnia",
        "2 z 3: zostały dwie",
        "3 z 3: zostały wszystkie trzy",
    ],
    failed: "Ostatnia próba się nie powiodła",
};

fn claim(claim: Claim) -> &'static str {
    match claim {
        Claim::DocumentTypeCode => "Rodzaj dokumentu",
        Claim::IssuingCountryCode => "Kraj, który wydał dokument",
        Claim::FamilyName => "Nazwisko",
        Claim::GivenNames => "Imiona",
        Claim::DocumentNumber => "Numer dokumentu",
        Claim::NationalityCode => "Obywatelstwo",
        Claim::DateOfBirth => "Data urodzenia",
        Claim::SexMarker => "Płeć według dokumentu",
        Claim::DocumentExpiryDate => "Data ważności dokumentu",
        Claim::MrzOptionalData => "Dodatkowe dane z dokumentu, np. osobisty numer identyfikacyjny",
        Claim::KayleDocumentId => "Kod dokumentu (Kayle Document ID)",
        Claim::KayleHumanId => "Kod osoby (Kayle Human ID)",
    }
}

fn hint(claim: Claim) -> Option<&'static str> {
    match claim {
        Claim::KayleDocumentId => Some(
            "Ten sam dokument daje zawsze ten sam kod. Nie da się z niego odczytać numeru dokumentu.",
        ),
        Claim::KayleHumanId => Some(
            "Powstaje z imion i nazwiska, daty urodzenia, płci i obywatelstwa, aby rozpoznać tę samą osobę także z innym dokumentem. Nie da się z niego odczytać tych danych.",
        ),
        Claim::MrzOptionalData => Some("Zawartość tego pola zależy od kraju."),
        _ => None,
    }
}

fn age_over(years: u8) -> String {
    format!("Informacja o ukończeniu {years} lat – bez daty urodzenia")
}

/// How it ends.
const OUTCOME: Outcome = Outcome {
    succeeded: Titled {
        heading: "Tożsamość została potwierdzona",
        text: "Paszport jest autentyczny i należy do osoby, która się nim posłużyła.",
    },
    succeeded_org: |org| format!("{org} otrzyma tylko dane objęte zgodą i nic więcej."),
    failed: Titled {
        heading: "Nie udało się potwierdzić tożsamości",
        text: "Sprawdzenie się nie powiodło.",
    },
    failed_again: |org| {
        format!(
            "Nie udostępniono żadnych danych o osobie ani o dokumencie. {org} może rozpocząć nową weryfikację."
        )
    },
    expired: Titled {
        heading: "Czas na tę weryfikację minął",
        text: "Weryfikacji nie ukończono na czas. Nic nie zostało udostępnione.",
    },
    expired_again: |org| {
        format!(
            "Jeśli weryfikacja jest nadal potrzebna, rozpocznij ją od nowa w organizacji {org}."
        )
    },
    cancelled: Titled {
        heading: "Ta weryfikacja została anulowana",
        text: "Nie można jej kontynuować.",
    },
    cancelled_by_user: Titled {
        heading: "Weryfikacja anulowana zgodnie z życzeniem",
        text: "Nie można jej kontynuować. Nic więcej nie zostanie udostępnione.",
    },
    cancelled_by_org: |org| {
        (
            format!("Organizacja {org} anulowała tę weryfikację"),
            format!(
                "Nie można jej kontynuować. Nic nie zostało udostępnione. {org} może wyjaśnić powód."
            ),
        )
    },
    go_on: |host| format!("Przejdź na stronę {host}"),
    close: "Można już zamknąć tę stronę.",
    countdown: &[
        ("one", "Przekierowanie nastąpi za {n} sekundę."),
        ("few", "Przekierowanie nastąpi za {n} sekundy."),
        ("many", "Przekierowanie nastąpi za {n} sekund."),
        ("other", "Przekierowanie nastąpi za {n} sekundy."),
    ],
    pause: "Zostań tutaj",
    resume: "Przekieruj mnie",
    withdrawn: "Wycofano zgodę na tę weryfikację",
    withdrawn_part: |org| {
        format!("To, czego {org} jeszcze nie ma, zniszczono; resztę może usunąć tylko {org}.")
    },
    withdraw_heading: "Zmiana decyzji?",
    withdraw_text: |org| {
        format!("Można jeszcze wycofać zgodę na przekazanie danych, których {org} dotąd nie ma.")
    },
    withdraw_late: |org| {
        format!("{org} ma już wynik. Stąd nie da się go cofnąć, ale {org} może go usunąć.")
    },
    withdraw: "Wycofaj zgodę",
};

/// What is asked before something final.
const CONFIRM: Confirm = Confirm { question, back: "Wróć" };

fn question(question: Question) -> QuestionText {
    match question {
        Question::Cancel => QuestionText {
            heading: "Anulować tę weryfikację?",
            text: |org| {
                format!(
                    "{org} dowie się tylko o anulowaniu; nic innego nie zostanie udostępnione. Potem nie będzie można kontynuować: {org} musi wtedy rozpocząć nową weryfikację."
                )
            },
            yes: "Tak, anuluj",
        },
        Question::Withdraw => QuestionText {
            heading: "Wycofać zgodę na przekazanie danych?",
            text: |org| {
                format!(
                    "Dane, których {org} jeszcze nie ma, zostaną zniszczone i nigdy nie zostaną wysłane. Danych, które {org} już ma, nie da się stąd odebrać: poproś organizację {org} o ich usunięcie."
                )
            },
            yes: "Tak, wycofaj",
        },
        Question::Release => QuestionText {
            heading: "Rozłączyć telefon?",
            text: |_| {
                "Na połączonym telefonie nie będzie już można kontynuować. Potem można połączyć inny. Wykorzystane próby nie zostaną przywrócone."
                    .to_owned()
            },
            yes: "Tak, rozłącz",
        },
    }
}

/// Messages carried in the address.
const NOTICES: Notices = Notices { text: notice };

fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::BiometricRequired => {
            "Aby kontynuować, zaznacz pole w części „Twarz”. Bez porównania sprawdzenie nie jest możliwe."
        }
        Notice::SelectionIncomplete => {
            "Wśród wybranych danych brakowało wymaganych. Wyraź zgodę jeszcze raz."
        }
        Notice::ConsentFrozen => {
            "Weryfikacja na telefonie już się rozpoczęła, więc zakresu zgody nie można zmienić."
        }
        Notice::Released => "Telefon został rozłączony. Można połączyć inny.",
        Notice::Simulating => "Symulowany telefon został uruchomiony. Ta strona go śledzi.",
        Notice::Changed => "To nie było już możliwe. Ta strona pokazuje aktualny stan.",
        Notice::TooMany => "Zbyt wiele zapytań. Odczekaj minutę i spróbuj ponownie.",
        Notice::Trouble => {
            "Coś poszło nie tak po naszej stronie. Niczego nie zmieniono. Spróbuj ponownie."
        }
    }
}

/// What testers read.
const SANDBOX: Sandbox = Sandbox {
    heading: "Środowisko testowe: zagraj rolę telefonu",
    text: "Wybierz, co symulowany telefon zrobi z tą sesją, i obserwuj tę stronę.",
    scenario: "Co się stanie",
    scenarios: [
        "Wszystko się udaje",
        "Chip nie jest autentyczny, trzy razy",
        "Przed kamerą nikogo nie widać, trzy razy",
        "Twarz należy do kogoś innego, trzy razy",
        "Chip jest kopią: natychmiastowy koniec",
        "Telefon łączy się i nic więcej nie robi",
    ],
    start: "Uruchom telefon",
    command_line: "Z wiersza poleceń",
    terminal: "Środowisko testowe ma symulowany telefon. W terminalu z ustawieniami tego serwera uruchom:",
};

/// What is in the way.
const PROBLEMS: Problems = Problems {
    text: problem,
    app: Titled {
        heading: "Otwórz to na telefonie z aplikacją",
        text: "Ten krok wymaga aplikacji na telefonie: odczytuje ona chip paszportu i nagrywa twarz. Zainstaluj aplikację, a potem jeszcze raz zeskanuj kod lub otwórz link.",
    },
};

fn problem(problem: Problem) -> Titled {
    let (heading, text) = match problem {
        Problem::NotFound => (
            "Ta weryfikacja nie istnieje",
            "Mogła zostać usunięta. Sprawdź link albo poproś nadawcę o nowy.",
        ),
        Problem::Malformed => (
            "Ten link jest niepełny",
            "Brakuje części adresu albo jest w nim błąd. Otwórz link jeszcze raz dokładnie w otrzymanej postaci.",
        ),
        Problem::OpenOriginal => (
            "Otwórz pierwotny link",
            "Tę weryfikację rozpoczęto w innej przeglądarce. Otwórz otrzymany link tam albo jeszcze raz tutaj.",
        ),
        Problem::WrongLink => (
            "Ten link nie pasuje do tej weryfikacji",
            "Klucz w linku jest nieprawidłowy. Otwórz link jeszcze raz dokładnie w otrzymanej postaci.",
        ),
        Problem::Forged => (
            "Tego nie wysłano z naszej strony",
            "Ze względów bezpieczeństwa niczego nie zmieniono. Wróć na stronę weryfikacji i spróbuj tam.",
        ),
        Problem::Method => (
            "Pod tym adresem nie ma nic do zobaczenia",
            "Służy on tylko do odbierania formularzy. Wróć na stronę weryfikacji i tam kontynuuj.",
        ),
        Problem::BadForm => (
            "Nie udało się odczytać formularza",
            "Niczego nie zmieniono. Wróć, odśwież stronę i spróbuj ponownie.",
        ),
        Problem::TooMany => ("Zbyt wiele zapytań", "Odczekaj minutę i odśwież tę stronę."),
        Problem::Trouble => (
            "Coś poszło nie tak po naszej stronie",
            "Niczego nie zmieniono. Spróbuj ponownie za chwilę.",
        ),
    };
    Titled { heading, text }
}

/// The words for one failure.
fn failure(code: FailureCode) -> FailureText {
    match code {
        FailureCode::DocumentAuthenticityFailed => FailureText {
            what: "Nie udało się potwierdzić autentyczności danych z chipa.",
            next: "Sprawdź, czy to właściwy paszport, i odczytaj chip jeszcze raz.",
            end: "Nie udało się potwierdzić, że dane na chipie pochodzą od państwa wydającego paszporty. Jeśli paszport jest autentyczny, być może jego kraj nie jest jeszcze obsługiwany.",
        },
        FailureCode::DocumentActiveAuthenticationFailed => FailureText {
            what: "Chip nie potwierdził, że jest oryginałem.",
            next: "Trzymaj telefon nieruchomo na paszporcie i odczytaj chip jeszcze raz.",
            end: "Chip nie potwierdził, że jest oryginałem, a nie kopią.",
        },
        FailureCode::DocumentChipAuthenticationFailed => FailureText {
            what: "Nie udało się bezpiecznie połączyć z chipem.",
            next: "Zdejmij etui z telefonu, trzymaj go nieruchomo i odczytaj chip jeszcze raz.",
            end: "Chip nie zdołał potwierdzić przez bezpieczne połączenie, że jest oryginałem.",
        },
        FailureCode::DocumentAntiCloningAttestationFailed => FailureText {
            what: "Kontrola chroniąca przed skopiowanymi chipami dała wynik negatywny.",
            next: "Tutaj nie można spróbować ponownie.",
            end: "Kontrola chroniąca przed skopiowanymi chipami dała wynik negatywny. Ze względów bezpieczeństwa nie można tutaj spróbować ponownie.",
        },
        FailureCode::DocumentDataInvalid => FailureText {
            what: "Nie udało się odczytać danych z chipa.",
            next: "Sprawdź, czy dokument to paszport z symbolem chipa, i spróbuj ponownie.",
            end: "Danych z chipa nie udało się odczytać jako danych paszportu.",
        },
        FailureCode::LivenessFailed => FailureText {
            what: "Nie było wyraźnie widać, że przed kamerą jest człowiek.",
            next: "Zadbaj o równomierne światło, zdejmij okulary przeciwsłoneczne lub maskę, trzymaj telefon na wysokości oczu i spróbuj ponownie.",
            end: "Nie było wyraźnie widać, że przed kamerą był człowiek.",
        },
        FailureCode::SelfieFaceMismatch => FailureText {
            what: "Nie rozpoznano twarzy jako tej z paszportu.",
            next: "Upewnij się, że to własny paszport. Ustaw się twarzą do kamery w równomiernym świetle i spróbuj ponownie.",
            end: "Nie rozpoznano twarzy przed kamerą jako tej z paszportu.",
        },
    }
}
