### Translated from en.ftl; $org is the name of the organization that asks.

## The language itself

language-name = Deutsch
# Writing direction: ltr or rtl.
language-direction = ltr

## What several pages say

skip = Zum Inhalt springen
language = Sprache
switch = Sprache wechseln
ribbon = Testumgebung: Hier ist nichts echt
steps-label = Fortschritt
step-agree = Zustimmen
step-phone = Smartphone
step-check = Prüfung
step-done = Fertig
# Said to screen readers behind a step that lies behind.
step-behind = (erledigt)
minutes-left = { $n ->
    [one] Noch { $n } Minute
   *[other] Noch { $n } Minuten
}
hours-left = { $n ->
    [one] Noch { $n } Stunde
   *[other] Noch { $n } Stunden
}
moments-left = Weniger als eine Minute übrig
time-is-up = Die Zeit ist abgelaufen
check-now = Jetzt aktualisieren
no-script = Diese Seite aktualisiert sich alle 20 Sekunden von selbst.
reconnecting = Verbindung unterbrochen. Wird wiederhergestellt …
cancel = Identitätsprüfung abbrechen
new-tab = (öffnet sich in einem neuen Tab)
# $org (String) - the organization's name; an address follows.
help = Fragen? Schreiben Sie an { $org }:

## What may be shared

claim-document-type-code = Art des Dokuments
claim-issuing-country-code = Land, das das Dokument ausgestellt hat
claim-family-name = Familienname
claim-given-names = Vornamen
claim-document-number = Dokumentennummer
claim-nationality-code = Staatsangehörigkeit
claim-date-of-birth = Geburtsdatum
claim-sex-marker = Geschlecht laut Dokument
claim-document-expiry-date = Ablaufdatum des Dokuments
claim-mrz-optional-data = Zusätzliche Angaben im Dokument, etwa eine persönliche Nummer
    .hint = Was hier steht, hängt vom Land ab.
claim-kayle-document-id = Ein Code für Ihr Dokument (Kayle Document ID)
    .hint = Dasselbe Dokument ergibt immer denselben Code. Ihre Dokumentennummer lässt sich daraus nicht ablesen.
claim-kayle-human-id = Ein Code für Sie (Kayle Human ID)
    .hint = Wird aus Ihrem Namen, Geburtsdatum, Geschlecht und Ihrer Staatsangehörigkeit gebildet, um Sie auch mit einem anderen Dokument wiederzuerkennen. Diese Angaben lassen sich daraus nicht ablesen.
# $years (String) - an age, 12 to 130.
claim-age-over = Ob Sie mindestens { $years } Jahre alt sind – nicht Ihr Geburtsdatum

## Who asks for what

consent-heading = { $org } möchte Ihre Identität prüfen
consent-lead = Sie brauchen Ihren Reisepass und ein Smartphone, das den Chip darin auslesen kann. Es dauert etwa drei Minuten. Bevor Sie zustimmen, wird nichts weitergegeben.
consent-about = Über { $org }
consent-website = Website
consent-privacy = Datenschutzhinweise
consent-terms = Nutzungsbedingungen
consent-required = Was { $org } erhält
consent-required-mark = Erforderlich
consent-optional = Was Sie zusätzlich angeben können
consent-optional-lead = { $org } hätte gern auch diese Angaben. Es geht aber auch ohne sie.
consent-says = { $org } schreibt dazu:
consent-added = Gehört zu jeder Identitätsprüfung.
consent-not-shared = Was { $org } nicht erhält
consent-not-shared-text = Das Foto aus Ihrem Reisepass, die Aufnahmen Ihres Gesichts und alles, was hier nicht aufgeführt ist. All das dient nur der Prüfung und wird nicht aufbewahrt. { $org } erfährt, ob die Prüfung erfolgreich war.
consent-afterwards = Danach
consent-afterwards-text = Sie werden zu { $host } weitergeleitet.
consent-afterwards-here = Wenn Sie fertig sind, können Sie diese Seite schließen.
consent-face = Ihr Gesicht
consent-biometric = Ich willige ein, dass mein Gesicht mit dem Foto in meinem Reisepass verglichen wird
consent-biometric-hint = Ein Smartphone filmt kurz Ihr Gesicht. Dabei entstehen biometrische Daten. Mit ihnen wird nur geprüft, ob der Reisepass Ihnen gehört; gleich danach werden sie gelöscht.
consent-agree = Zustimmen und fortfahren
consent-decline = Ablehnen
consent-cannot = Das ist mir nicht möglich
consent-cannot-text = Sie haben keinen Reisepass mit Chip oder kein geeignetes Smartphone, oder Sie möchten Ihr Gesicht lieber nicht vergleichen lassen?
consent-fallback = Den anderen Weg nutzen, den { $org } anbietet
consent-support = Fragen Sie { $org } nach einem anderen Weg:
consent-nobody = Fragen Sie { $org } nach einem anderen Weg.

## Bring a phone

handoff-heading = Weiter auf Ihrem Smartphone
handoff-scan = Richten Sie die Kamera Ihres Smartphones auf diesen Code. Das Smartphone liest den Chip im Reisepass aus und filmt Ihr Gesicht.
handoff-qr-alternative = QR-Code, der diese Identitätsprüfung auf Ihrem Smartphone öffnet. Derselbe Link steht daneben als Text.
handoff-link-label = Oder öffnen Sie diesen Link auf Ihrem Smartphone
handoff-copy = Link kopieren
handoff-copied = Kopiert
handoff-heading-phone = Weiter in der App
handoff-lead-phone = Die App liest den Chip in Ihrem Reisepass aus und filmt Ihr Gesicht. Halten Sie Ihren Reisepass bereit.
handoff-open = App öffnen
handoff-other-phone = Anderes Smartphone verwenden
handoff-next = So geht es weiter
handoff-next-1 = Scannen Sie die Seite mit dem Foto in Ihrem Reisepass.
handoff-next-2 = Halten Sie das Smartphone an den Reisepass, bis der Chip ausgelesen ist.
handoff-next-3 = Blicken Sie kurz in die Kamera.
handoff-by-itself = Sobald Ihr Smartphone begonnen hat, geht es auf dieser Seite von selbst weiter.

## A phone is at work

progress-heading-chip = Chip im Reisepass auslesen
progress-lead-chip = Folgen Sie den Schritten auf Ihrem Smartphone. Lassen Sie den Reisepass flach liegen und halten Sie das Smartphone ruhig darauf.
progress-heading-face = Jetzt Ihr Gesicht
progress-lead-face = Der Chip ist ausgelesen. Blicken Sie in die Kamera Ihres Smartphones und folgen Sie den Anweisungen dort.
progress-checks-label = Schritte auf Ihrem Smartphone
progress-check-phone = Smartphone verbunden
progress-check-chip = Chip im Reisepass
progress-check-face = Gesicht
progress-state-done = Erledigt
progress-state-now = Jetzt
progress-state-next = Danach
progress-code-label = Ihr Smartphone zeigt
progress-code-hint = Auf dem verbundenen Smartphone stehen dieselben vier Ziffern.
progress-release = Nicht Ihr Smartphone? Verbindung trennen
progress-tries = Verbleibende Versuche
progress-tries-chip = Chip im Reisepass
progress-tries-face = Gesicht
# How many of three attempts are left.
progress-left-0 = Keiner mehr von 3
progress-left-1 = 1 von 3: der letzte
progress-left-2 = 2 von 3: noch zwei
progress-left-3 = 3 von 3: noch alle drei
progress-failed = Der letzte Versuch hat nicht geklappt

## What a failure means: what happened, what to do next, and what is said at the end

failure-document-authenticity-failed = Die Echtheit der Daten auf dem Chip ließ sich nicht bestätigen.
    .next = Vergewissern Sie sich, dass es der richtige Reisepass ist, und lesen Sie den Chip noch einmal aus.
    .end = Es ließ sich nicht bestätigen, dass die Daten auf dem Chip von einem Staat stammen. Wenn Ihr Reisepass echt ist, wird das Land, das ihn ausgestellt hat, vielleicht noch nicht unterstützt.
failure-document-active-authentication-failed = Der Chip hat nicht nachgewiesen, dass er das Original ist.
    .next = Halten Sie das Smartphone ruhig auf den Reisepass und lesen Sie den Chip noch einmal aus.
    .end = Der Chip hat nicht nachgewiesen, dass er das Original und keine Kopie ist.
failure-document-chip-authentication-failed = Die sichere Verbindung zum Chip ist fehlgeschlagen.
    .next = Nehmen Sie das Smartphone aus der Hülle, halten Sie es ruhig und lesen Sie den Chip noch einmal aus.
    .end = Der Chip konnte nicht über eine sichere Verbindung zeigen, dass er das Original ist.
failure-document-anti-cloning-attestation-failed = Die Prüfung zum Schutz vor kopierten Chips wurde nicht bestanden.
    .next = Das kann hier nicht noch einmal versucht werden.
    .end = Die Prüfung zum Schutz vor kopierten Chips wurde nicht bestanden. Aus Sicherheitsgründen kann das hier nicht noch einmal versucht werden.
failure-document-data-invalid = Die Daten auf dem Chip konnten nicht gelesen werden.
    .next = Vergewissern Sie sich, dass das Dokument ein Reisepass mit dem Chip-Symbol ist, und versuchen Sie es noch einmal.
    .end = Die Daten auf dem Chip konnten nicht als Reisepass gelesen werden.
failure-liveness-failed = Es war nicht deutlich zu erkennen, dass ein Mensch vor der Kamera ist.
    .next = Sorgen Sie für gleichmäßiges Licht, nehmen Sie Sonnenbrille oder Maske ab, halten Sie das Smartphone auf Augenhöhe und versuchen Sie es noch einmal.
    .end = Es war nicht deutlich zu erkennen, dass ein Mensch vor der Kamera war.
failure-selfie-face-mismatch = Ihr Gesicht wurde nicht als das Gesicht im Reisepass erkannt.
    .next = Vergewissern Sie sich, dass es Ihr eigener Reisepass ist. Blicken Sie bei gleichmäßigem Licht gerade in die Kamera und versuchen Sie es noch einmal.
    .end = Das Gesicht vor der Kamera wurde nicht als das Gesicht im Reisepass erkannt.

## It is over

outcome-succeeded = Ihre Identität ist bestätigt
    .text = Der Reisepass ist echt, und er gehört Ihnen.
    .organization = { $org } erhält nur das, dessen Weitergabe Sie zugestimmt haben.
outcome-failed = Ihre Identität konnte nicht bestätigt werden
    .text = Die Prüfung war nicht erfolgreich.
    .organization = Es wurden keine Angaben zu Ihnen oder Ihrem Dokument weitergegeben. { $org } kann eine neue Identitätsprüfung starten.
outcome-expired = Die Zeit für diese Identitätsprüfung ist abgelaufen
    .text = Die Prüfung wurde nicht rechtzeitig abgeschlossen. Es wurde nichts weitergegeben.
    .organization = Wenn Sie Ihre Identität weiterhin prüfen lassen möchten, beginnen Sie bei { $org } von vorn.
outcome-cancelled = Diese Identitätsprüfung wurde abgebrochen
    .text = Sie können sie nicht fortsetzen.
outcome-cancelled-by-user = Sie haben diese Identitätsprüfung abgebrochen
    .text = Sie können sie nicht fortsetzen. Es wird nichts mehr weitergegeben.
outcome-cancelled-by-organization = { $org } hat diese Identitätsprüfung abgebrochen
    .text = Sie können sie nicht fortsetzen. Es wurde nichts weitergegeben. { $org } kann Ihnen den Grund nennen.
outcome-withdrawn = Sie haben die Weitergabe widerrufen
    .text = Was { $org } noch nicht erreicht hatte, ist vernichtet; den Rest kann nur { $org } löschen.
outcome-go-on = Weiter zu { $host }
outcome-close = Sie können diese Seite jetzt schließen.
outcome-countdown = { $n ->
    [one] Sie werden in { $n } Sekunde weitergeleitet.
   *[other] Sie werden in { $n } Sekunden weitergeleitet.
}
outcome-pause = Hier bleiben
outcome-resume = Weiterleiten
outcome-withdraw-heading = Haben Sie es sich anders überlegt?
outcome-withdraw-text = Sie können die Weitergabe noch widerrufen, soweit Ihre Daten { $org } noch nicht erreicht haben.
outcome-withdraw-late = Das Ergebnis hat { $org } bereits erreicht. Von hier aus lässt es sich nicht zurückholen, aber { $org } kann es löschen.
outcome-withdraw = Weitergabe widerrufen

## Questions before something that cannot be taken back

confirm-cancel = Diese Identitätsprüfung abbrechen?
    .text = { $org } erfährt nur, dass Sie abgebrochen haben; sonst wird nichts weitergegeben. Danach können Sie nicht mehr fortfahren: { $org } müsste eine neue Identitätsprüfung starten.
    .yes = Ja, abbrechen
confirm-withdraw = Weitergabe Ihrer Daten widerrufen?
    .text = Was noch nicht an { $org } übermittelt wurde, wird vernichtet und nie gesendet. Was { $org } schon erhalten hat, lässt sich von hier aus nicht zurückholen: Bitten Sie { $org }, es zu löschen.
    .yes = Ja, widerrufen
confirm-release = Verbindung zum Smartphone trennen?
    .text = Auf dem verbundenen Smartphone geht es dann nicht mehr weiter. Sie können danach ein anderes verbinden. Verbrauchte Versuche bleiben verbraucht.
    .yes = Ja, trennen
confirm-back = Zurück

## Messages above a page

notice-biometric-required = Um fortzufahren, setzen Sie das Häkchen unter „Ihr Gesicht“. Ohne den Vergleich ist diese Prüfung nicht möglich.
notice-selection-incomplete = In Ihrer Auswahl fehlte eine erforderliche Angabe. Bitte stimmen Sie noch einmal zu.
notice-consent-frozen = Ein Smartphone hat bereits begonnen. Deshalb lässt sich nicht mehr ändern, wozu Sie zugestimmt haben.
notice-released = Die Verbindung zum Smartphone ist getrennt. Sie können ein anderes verbinden.
notice-simulating = Das simulierte Smartphone ist gestartet. Diese Seite folgt ihm.
notice-changed = Das war nicht mehr möglich. Diese Seite zeigt den aktuellen Stand.
notice-too-many = Zu viele Anfragen. Bitte warten Sie eine Minute und versuchen Sie es dann erneut.
notice-trouble = Bei uns ist etwas schiefgegangen. Es wurde nichts geändert. Bitte versuchen Sie es noch einmal.

## What testers read in a sandbox

sandbox-heading = Testumgebung: das Smartphone spielen
sandbox-text = Wählen Sie, was das simulierte Smartphone mit dieser Sitzung macht, und beobachten Sie diese Seite.
sandbox-scenario = Was geschieht
sandbox-pass = Alles gelingt
sandbox-nfc-fail = Der Chip ist nicht echt, dreimal
sandbox-liveness-fail = Niemand ist vor der Kamera zu sehen, dreimal
sandbox-face-mismatch = Das Gesicht gehört jemand anderem, dreimal
sandbox-cloned = Der Chip ist eine Kopie: sofort zu Ende
sandbox-abandon = Das Smartphone verbindet sich und tut dann nichts
sandbox-start = Smartphone starten
sandbox-command-line = Auf der Kommandozeile
sandbox-terminal = In der Testumgebung gibt es ein simuliertes Smartphone. In einem Terminal mit den Einstellungen dieses Servers:

## What is in the way

problem-not-found = Diese Identitätsprüfung gibt es nicht
    .text = Vielleicht wurde sie gelöscht. Prüfen Sie den Link, oder bitten Sie den Absender um einen neuen.
problem-malformed = Dieser Link ist nicht vollständig
    .text = Ein Teil der Adresse fehlt oder enthält einen Tippfehler. Öffnen Sie den Link noch einmal genau so, wie Sie ihn erhalten haben.
problem-open-original = Bitte öffnen Sie Ihren ursprünglichen Link
    .text = Diese Identitätsprüfung wurde in einem anderen Browser begonnen. Öffnen Sie den Link, den Sie erhalten haben, dort oder noch einmal hier.
problem-wrong-link = Dieser Link passt nicht zu dieser Identitätsprüfung
    .text = Der Schlüssel im Link ist nicht der richtige. Öffnen Sie den Link noch einmal genau so, wie Sie ihn erhalten haben.
problem-forged = Das wurde nicht von unserer Seite gesendet
    .text = Zu Ihrer Sicherheit wurde nichts geändert. Gehen Sie zurück zur Seite der Identitätsprüfung und versuchen Sie es dort.
problem-method = Unter dieser Adresse gibt es nichts zu sehen
    .text = Sie nimmt nur Formulare entgegen. Gehen Sie zurück zur Seite der Identitätsprüfung und machen Sie dort weiter.
problem-bad-form = Das Formular konnte nicht gelesen werden
    .text = Es wurde nichts geändert. Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.
problem-timed-out = Das hat zu lange gedauert
    .text = Vielleicht wurde es ausgeführt, vielleicht nicht. Öffnen Sie die Prüfungsseite noch einmal: Sie zeigt den aktuellen Stand.
problem-too-many = Zu viele Anfragen
    .text = Bitte warten Sie eine Minute und laden Sie diese Seite dann neu.
problem-trouble = Bei uns ist etwas schiefgegangen
    .text = Es wurde nichts geändert. Bitte versuchen Sie es gleich noch einmal.

## Where the app link leads when no app took it

app = Öffnen Sie dies auf einem Smartphone mit der App
    .text = Für diesen Schritt brauchen Sie die App: Sie liest den Chip im Reisepass aus und filmt Ihr Gesicht. Installieren Sie die App und scannen Sie dann den Code noch einmal, oder öffnen Sie den Link erneut.
