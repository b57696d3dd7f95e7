### Translated from en.ftl; $org is the name of the organization that asks.

## The language itself

language-name = Polski
# Writing direction: ltr or rtl.
language-direction = ltr

## What several pages say

skip = Przejdź do treści
language = Język
switch = Zmień język
ribbon = Środowisko testowe: nic tu nie jest prawdziwe
steps-label = Postęp
step-agree = Zgoda
step-phone = Telefon
step-check = Sprawdzenie
step-done = Gotowe
# Said to screen readers behind a step that lies behind.
step-behind = (ukończono)
minutes-left = { $n ->
    [one] Została { $n } minuta
    [few] Zostały { $n } minuty
    [many] Zostało { $n } minut
   *[other] Zostało { $n } minuty
}
hours-left = { $n ->
    [one] Została { $n } godzina
    [few] Zostały { $n } godziny
    [many] Zostało { $n } godzin
   *[other] Zostało { $n } godziny
}
moments-left = Została niecała minuta
time-is-up = Czas minął
check-now = Odśwież teraz
no-script = Ta strona odświeża się sama co 20 sekund.
reconnecting = Utracono połączenie. Ponowne łączenie…
cancel = Anuluj weryfikację
new-tab = (otwiera się w nowej karcie)
# $org (String) - the organization's name; an address follows.
help = W razie pytań napisz do organizacji { $org }:

## What may be shared

claim-document-type-code = Rodzaj dokumentu
claim-issuing-country-code = Kraj, który wydał dokument
claim-family-name = Nazwisko
claim-given-names = Imiona
claim-document-number = Numer dokumentu
claim-nationality-code = Obywatelstwo
claim-date-of-birth = Data urodzenia
claim-sex-marker = Płeć według dokumentu
claim-document-expiry-date = Data ważności dokumentu
claim-mrz-optional-data = Dodatkowe dane z dokumentu, np. osobisty numer identyfikacyjny
    .hint = Zawartość tego pola zależy od kraju.
claim-kayle-document-id = Kod dokumentu (Kayle Document ID)
    .hint = Ten sam dokument daje zawsze ten sam kod. Nie da się z niego odczytać numeru dokumentu.
claim-kayle-human-id = Kod osoby (Kayle Human ID)
    .hint = Powstaje z imion i nazwiska, daty urodzenia, płci i obywatelstwa, aby rozpoznać tę samą osobę także z innym dokumentem. Nie da się z niego odczytać tych danych.
# $years (String) - an age, 12 to 130.
claim-age-over = Informacja o ukończeniu { $years } lat – bez daty urodzenia

## Who asks for what

consent-heading = { $org } prosi o weryfikację tożsamości
consent-lead = Potrzebne są paszport i telefon, który odczyta jego chip. Całość trwa około trzech minut. Przed wyrażeniem zgody nic nie zostanie udostępnione.
consent-about = O organizacji { $org }
consent-website = Strona internetowa
consent-privacy = Polityka prywatności
consent-terms = Regulamin
consent-required = Co otrzyma { $org }
consent-required-mark = Wymagane
consent-optional = Co można dodać
consent-optional-lead = { $org } prosi również o te dane, ale nie są one konieczne.
consent-says = { $org } wyjaśnia:
consent-added = Część każdej weryfikacji.
consent-not-shared = Czego { $org } nie otrzyma
consent-not-shared-text = Zdjęcia z paszportu, nagrań twarzy ani żadnych danych, których tu nie wymieniono. Służą one tylko do sprawdzenia i nie są przechowywane. { $org } dowie się, czy sprawdzenie się powiodło.
consent-afterwards = Po zakończeniu
consent-afterwards-text = Nastąpi przekierowanie na stronę { $host }.
consent-afterwards-here = Tę stronę będzie można zamknąć.
consent-face = Twarz
consent-biometric = Wyrażam zgodę na porównanie mojej twarzy ze zdjęciem w moim paszporcie
consent-biometric-hint = Telefon przez chwilę nagrywa twarz. Są to dane biometryczne. Posłużą tylko do sprawdzenia, czy paszport należy do osoby przed kamerą, i zaraz potem zostaną usunięte.
consent-agree = Wyrażam zgodę i przechodzę dalej
consent-decline = Nie wyrażam zgody
consent-cannot = Nie mogę tego zrobić
consent-cannot-text = Brak paszportu z chipem, brak odpowiedniego telefonu albo brak zgody na porównanie twarzy?
consent-fallback = Skorzystaj z innego sposobu, który oferuje { $org }
consent-support = Zapytaj organizację { $org } o inny sposób:
consent-nobody = Zapytaj organizację { $org } o inny sposób.

## Bring a phone

handoff-heading = Kontynuuj na telefonie
handoff-scan = Skieruj aparat telefonu na ten kod. Telefon odczyta chip paszportu i nagra twarz.
handoff-qr-alternative = Kod QR, który otwiera tę weryfikację na telefonie. Ten sam link jest podany obok jako tekst.
handoff-link-label = Lub otwórz ten link na telefonie
handoff-copy = Kopiuj link
handoff-copied = Skopiowano
handoff-heading-phone = Kontynuuj w aplikacji
handoff-lead-phone = Aplikacja odczyta chip paszportu i nagra twarz. Przygotuj paszport.
handoff-open = Otwórz aplikację
handoff-other-phone = Użyj innego telefonu
handoff-next = Co będzie dalej
handoff-next-1 = Zeskanuj stronę paszportu ze zdjęciem.
handoff-next-2 = Przyłóż telefon do paszportu i poczekaj, aż odczyta chip.
handoff-next-3 = Przez chwilę patrz w kamerę.
handoff-by-itself = Ta strona sama przejdzie dalej, gdy tylko weryfikacja rozpocznie się na telefonie.

## A phone is at work

progress-heading-chip = Odczytaj chip paszportu
progress-lead-chip = Wykonuj kolejne kroki na telefonie. Paszport ma leżeć płasko, a telefon nieruchomo na nim.
progress-heading-face = Teraz twarz
progress-lead-face = Chip został odczytany. Spójrz w kamerę telefonu i postępuj zgodnie ze wskazówkami.
progress-checks-label = Kroki na telefonie
progress-check-phone = Telefon połączony
progress-check-chip = Chip paszportu
progress-check-face = Twarz
progress-state-done = Gotowe
progress-state-now = Teraz
progress-state-next = Potem
progress-code-label = Kod na telefonie:
progress-code-hint = Na połączonym telefonie widać te same cztery cyfry.
progress-release = To nie ten telefon? Rozłącz go
progress-tries = Pozostałe próby
progress-tries-chip = Chip paszportu
progress-tries-face = Twarz
# How many of three attempts are left.
progress-left-0 = 0 z 3: nie ma więcej prób
progress-left-1 = 1 z 3: to już ostatnia
progress-left-2 = 2 z 3: zostały dwie
progress-left-3 = 3 z 3: zostały wszystkie trzy
progress-failed = Ostatnia próba się nie powiodła

## What a failure means: what happened, what to do next, and what is said at the end

failure-document-authenticity-failed = Nie udało się potwierdzić autentyczności danych z chipa.
    .next = Sprawdź, czy to właściwy paszport, i odczytaj chip jeszcze raz.
    .end = Nie udało się potwierdzić, że dane na chipie pochodzą od państwa wydającego paszporty. Jeśli paszport jest autentyczny, być może jego kraj nie jest jeszcze obsługiwany.
failure-document-active-authentication-failed = Chip nie potwierdził, że jest oryginałem.
    .next = Trzymaj telefon nieruchomo na paszporcie i odczytaj chip jeszcze raz.
    .end = Chip nie potwierdził, że jest oryginałem, a nie kopią.
failure-document-chip-authentication-failed = Nie udało się bezpiecznie połączyć z chipem.
    .next = Zdejmij etui z telefonu, trzymaj go nieruchomo i odczytaj chip jeszcze raz.
    .end = Chip nie zdołał potwierdzić przez bezpieczne połączenie, że jest oryginałem.
failure-document-anti-cloning-attestation-failed = Kontrola chroniąca przed skopiowanymi chipami dała wynik negatywny.
    .next = Tutaj nie można spróbować ponownie.
    .end = Kontrola chroniąca przed skopiowanymi chipami dała wynik negatywny. Ze względów bezpieczeństwa nie można tutaj spróbować ponownie.
failure-document-data-invalid = Nie udało się odczytać danych z chipa.
    .next = Sprawdź, czy dokument to paszport z symbolem chipa, i spróbuj ponownie.
    .end = Danych z chipa nie udało się odczytać jako danych paszportu.
failure-liveness-failed = Nie było wyraźnie widać, że przed kamerą jest człowiek.
    .next = Zadbaj o równomierne światło, zdejmij okulary przeciwsłoneczne lub maskę, trzymaj telefon na wysokości oczu i spróbuj ponownie.
    .end = Nie było wyraźnie widać, że przed kamerą był człowiek.
failure-selfie-face-mismatch = Nie rozpoznano twarzy jako tej z paszportu.
    .next = Upewnij się, że to własny paszport. Ustaw się twarzą do kamery w równomiernym świetle i spróbuj ponownie.
    .end = Nie rozpoznano twarzy przed kamerą jako tej z paszportu.

## It is over

outcome-succeeded = Tożsamość została potwierdzona
    .text = Paszport jest autentyczny i należy do osoby, która się nim posłużyła.
    .organization = { $org } otrzyma tylko dane objęte zgodą i nic więcej.
outcome-failed = Nie udało się potwierdzić tożsamości
    .text = Sprawdzenie się nie powiodło.
    .organization = Nie udostępniono żadnych danych o osobie ani o dokumencie. { $org } może rozpocząć nową weryfikację.
outcome-expired = Czas na tę weryfikację minął
    .text = Weryfikacji nie ukończono na czas. Nic nie zostało udostępnione.
    .organization = Jeśli weryfikacja jest nadal potrzebna, rozpocznij ją od nowa w organizacji { $org }.
outcome-cancelled = Ta weryfikacja została anulowana
    .text = Nie można jej kontynuować.
outcome-cancelled-by-user = Weryfikacja anulowana zgodnie z życzeniem
    .text = Nie można jej kontynuować. Nic więcej nie zostanie udostępnione.
outcome-cancelled-by-organization = Organizacja { $org } anulowała tę weryfikację
    .text = Nie można jej kontynuować. Nic nie zostało udostępnione. { $org } może wyjaśnić powód.
outcome-withdrawn = Wycofano zgodę na tę weryfikację
    .text = To, czego { $org } jeszcze nie ma, zniszczono; resztę może usunąć tylko { $org }.
outcome-go-on = Przejdź na stronę { $host }
outcome-close = Można już zamknąć tę stronę.
outcome-countdown = { $n ->
    [one] Przekierowanie nastąpi za { $n } sekundę.
    [few] Przekierowanie nastąpi za { $n } sekundy.
    [many] Przekierowanie nastąpi za { $n } sekund.
   *[other] Przekierowanie nastąpi za { $n } sekundy.
}
outcome-pause = Zostań tutaj
outcome-resume = Przekieruj mnie
outcome-withdraw-heading = Zmiana decyzji?
outcome-withdraw-text = Można jeszcze wycofać zgodę na przekazanie danych, których { $org } dotąd nie ma.
outcome-withdraw-late = { $org } ma już wynik. Stąd nie da się go cofnąć, ale { $org } może go usunąć.
outcome-withdraw = Wycofaj zgodę

## Questions before something that cannot be taken back

confirm-cancel = Anulować tę weryfikację?
    .text = { $org } dowie się tylko o anulowaniu; nic innego nie zostanie udostępnione. Potem nie będzie można kontynuować: { $org } musi wtedy rozpocząć nową weryfikację.
    .yes = Tak, anuluj
confirm-withdraw = Wycofać zgodę na przekazanie danych?
    .text = Dane, których { $org } jeszcze nie ma, zostaną zniszczone i nigdy nie zostaną wysłane. Danych, które { $org } już ma, nie da się stąd odebrać: poproś organizację { $org } o ich usunięcie.
    .yes = Tak, wycofaj
confirm-release = Rozłączyć telefon?
    .text = Na połączonym telefonie nie będzie już można kontynuować. Potem można połączyć inny. Wykorzystane próby nie zostaną przywrócone.
    .yes = Tak, rozłącz
confirm-back = Wróć

## Messages above a page

notice-biometric-required = Aby kontynuować, zaznacz pole w części „Twarz”. Bez porównania sprawdzenie nie jest możliwe.
notice-selection-incomplete = Wśród wybranych danych brakowało wymaganych. Wyraź zgodę jeszcze raz.
notice-consent-frozen = Weryfikacja na telefonie już się rozpoczęła, więc zakresu zgody nie można zmienić.
notice-released = Telefon został rozłączony. Można połączyć inny.
notice-simulating = Symulowany telefon został uruchomiony. Ta strona go śledzi.
notice-changed = To nie było już możliwe. Ta strona pokazuje aktualny stan.
notice-too-many = Zbyt wiele zapytań. Odczekaj minutę i spróbuj ponownie.
notice-trouble = Coś poszło nie tak po naszej stronie. Niczego nie zmieniono. Spróbuj ponownie.

## What testers read in a sandbox

sandbox-heading = Środowisko testowe: zagraj rolę telefonu
sandbox-text = Wybierz, co symulowany telefon zrobi z tą sesją, i obserwuj tę stronę.
sandbox-scenario = Co się stanie
sandbox-pass = Wszystko się udaje
sandbox-nfc-fail = Chip nie jest autentyczny, trzy razy
sandbox-liveness-fail = Przed kamerą nikogo nie widać, trzy razy
sandbox-face-mismatch = Twarz należy do kogoś innego, trzy razy
sandbox-cloned = Chip jest kopią: natychmiastowy koniec
sandbox-abandon = Telefon łączy się i nic więcej nie robi
sandbox-start = Uruchom telefon
sandbox-command-line = Z wiersza poleceń
sandbox-terminal = Środowisko testowe ma symulowany telefon. W terminalu z ustawieniami tego serwera uruchom:

## What is in the way

problem-not-found = Ta weryfikacja nie istnieje
    .text = Mogła zostać usunięta. Sprawdź link albo poproś nadawcę o nowy.
problem-malformed = Ten link jest niepełny
    .text = Brakuje części adresu albo jest w nim błąd. Otwórz link jeszcze raz dokładnie w otrzymanej postaci.
problem-open-original = Otwórz pierwotny link
    .text = Tę weryfikację rozpoczęto w innej przeglądarce. Otwórz otrzymany link tam albo jeszcze raz tutaj.
problem-wrong-link = Ten link nie pasuje do tej weryfikacji
    .text = Klucz w linku jest nieprawidłowy. Otwórz link jeszcze raz dokładnie w otrzymanej postaci.
problem-forged = Tego nie wysłano z naszej strony
    .text = Ze względów bezpieczeństwa niczego nie zmieniono. Wróć na stronę weryfikacji i spróbuj tam.
problem-method = Pod tym adresem nie ma nic do zobaczenia
    .text = Służy on tylko do odbierania formularzy. Wróć na stronę weryfikacji i tam kontynuuj.
problem-bad-form = Nie udało się odczytać formularza
    .text = Niczego nie zmieniono. Wróć, odśwież stronę i spróbuj ponownie.
problem-timed-out = To trwało zbyt długo
    .text = Nie wiadomo, czy się udało. Otwórz ponownie stronę weryfikacji: pokaże ona aktualny stan.
problem-too-many = Zbyt wiele zapytań
    .text = Odczekaj minutę i odśwież tę stronę.
problem-trouble = Coś poszło nie tak po naszej stronie
    .text = Niczego nie zmieniono. Spróbuj ponownie za chwilę.

## Where the app link leads when no app took it

app = Otwórz to na telefonie z aplikacją
    .text = Ten krok wymaga aplikacji na telefonie: odczytuje ona chip paszportu i nagrywa twarz. Zainstaluj aplikację, a potem jeszcze raz zeskanuj kod lub otwórz link.
