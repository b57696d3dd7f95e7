### Translated from en.ftl; $org is the name of the organization that asks.

## The language itself

language-name = Nederlands
# Writing direction: ltr or rtl.
language-direction = ltr

## What several pages say

skip = Naar de inhoud
language = Taal
switch = Andere taal kiezen
ribbon = Testomgeving: niets hier is echt
steps-label = Voortgang
step-agree = Akkoord
step-phone = Telefoon
step-check = Controle
step-done = Klaar
# Said to screen readers behind a step that lies behind.
step-behind = (klaar)
minutes-left = { $n ->
    [one] Nog { $n } minuut
   *[other] Nog { $n } minuten
}
hours-left = { $n ->
    [one] Nog { $n } uur
   *[other] Nog { $n } uur
}
moments-left = Nog minder dan een minuut
time-is-up = De tijd is om
check-now = Nu vernieuwen
no-script = Deze pagina wordt elke 20 seconden vanzelf vernieuwd.
reconnecting = Verbinding verbroken. Opnieuw verbinden…
cancel = Verificatie annuleren
new-tab = (opent in een nieuw tabblad)
# $org (String) - the organization's name; an address follows.
help = Vragen? Schrijf naar { $org }:

## What may be shared

claim-document-type-code = Soort document
claim-issuing-country-code = Land dat het document heeft afgegeven
claim-family-name = Achternaam
claim-given-names = Voornamen
claim-document-number = Documentnummer
claim-nationality-code = Nationaliteit
claim-date-of-birth = Geboortedatum
claim-sex-marker = Geslacht volgens het document
claim-document-expiry-date = Datum waarop het document verloopt
claim-mrz-optional-data = Aanvullende gegevens in het document, zoals een persoonsnummer
    .hint = Wat hier staat, verschilt per land.
claim-kayle-document-id = Een code voor uw document (Kayle Document ID)
    .hint = Hetzelfde document geeft steeds dezelfde code. Uw documentnummer is er niet uit af te leiden.
claim-kayle-human-id = Een code voor u (Kayle Human ID)
    .hint = Gemaakt van uw naam, geboortedatum, geslacht en nationaliteit, om u ook met een ander document te herkennen. Die gegevens zijn er niet uit af te leiden.
# $years (String) - an age, 12 to 130.
claim-age-over = Of u { $years } jaar of ouder bent – niet uw geboortedatum

## Who asks for what

consent-heading = { $org } wil graag uw identiteit verifiëren
consent-lead = U hebt uw paspoort nodig en een telefoon die de chip ervan kan lezen. Het duurt ongeveer drie minuten. Er wordt niets gedeeld voordat u akkoord gaat.
consent-about = Over { $org }
consent-website = Website
consent-privacy = Privacyverklaring
consent-terms = Voorwaarden
consent-required = Wat { $org } ontvangt
consent-required-mark = Verplicht
consent-optional = Wat u extra kunt delen
consent-optional-lead = { $org } ontvangt ook deze gegevens graag. Het kan ook zonder.
consent-says = Toelichting van { $org }:
consent-added = Hoort bij elke verificatie.
consent-not-shared = Wat { $org } niet ontvangt
consent-not-shared-text = Uw pasfoto uit het paspoort, de opnamen van uw gezicht en alles wat hier niet genoemd staat. Dat alles wordt alleen voor de controle gebruikt en niet bewaard. { $org } krijgt wel te horen of de controle is gelukt.
consent-afterwards = Daarna
consent-afterwards-text = U wordt doorgestuurd naar { $host }.
consent-afterwards-here = Als u klaar bent, kunt u deze pagina sluiten.
consent-face = Uw gezicht
consent-biometric = Ik geef toestemming om mijn gezicht te vergelijken met de foto in mijn paspoort
consent-biometric-hint = Een telefoon filmt kort uw gezicht. Dit zijn biometrische gegevens. Ze worden alleen gebruikt om te controleren of het paspoort van u is, en meteen daarna verwijderd.
consent-agree = Akkoord en doorgaan
consent-decline = Weigeren
consent-cannot = Dit lukt mij niet
consent-cannot-text = Hebt u geen paspoort met een chip of geen geschikte telefoon, of wilt u uw gezicht liever niet laten vergelijken?
consent-fallback = Gebruik de andere manier die { $org } biedt
consent-support = Vraag { $org } om een andere manier:
consent-nobody = Vraag { $org } om een andere manier.

## Bring a phone

handoff-heading = Ga verder op uw telefoon
handoff-scan = Richt de camera van uw telefoon op deze code. Uw telefoon leest de chip van het paspoort en filmt uw gezicht.
handoff-qr-alternative = QR-code die deze verificatie op uw telefoon opent. Dezelfde link staat ernaast als tekst.
handoff-link-label = Of open deze link op uw telefoon
handoff-copy = Link kopiëren
handoff-copied = Gekopieerd
handoff-heading-phone = Ga verder in de app
handoff-lead-phone = De app leest de chip van uw paspoort en filmt uw gezicht. Houd uw paspoort bij de hand.
handoff-open = App openen
handoff-other-phone = Een andere telefoon gebruiken
handoff-next = Wat u gaat doen
handoff-next-1 = Scan de pagina met de foto in uw paspoort.
handoff-next-2 = Houd de telefoon tegen het paspoort tot de chip gelezen is.
handoff-next-3 = Kijk even in de camera.
handoff-by-itself = Deze pagina gaat vanzelf verder zodra uw telefoon begonnen is.

## A phone is at work

progress-heading-chip = Lees de chip van uw paspoort
progress-lead-chip = Volg de stappen op uw telefoon. Laat het paspoort plat liggen en houd de telefoon er stil bovenop.
progress-heading-face = Nu uw gezicht
progress-lead-face = De chip is gelezen. Kijk in de camera van uw telefoon en volg de aanwijzingen.
progress-checks-label = Stappen op uw telefoon
progress-check-phone = Telefoon verbonden
progress-check-chip = Chip van het paspoort
progress-check-face = Gezicht
progress-state-done = Klaar
progress-state-now = Nu
progress-state-next = Straks
progress-code-label = Op uw telefoon staat
progress-code-hint = Op de verbonden telefoon staan dezelfde vier cijfers.
progress-release = Niet uw telefoon? Verbreek de verbinding
progress-tries = Resterende pogingen
progress-tries-chip = Chip van het paspoort
progress-tries-face = Gezicht
# How many of three attempts are left.
progress-left-0 = Geen van de 3 meer over
progress-left-1 = 1 van de 3: dit is de laatste
progress-left-2 = 2 van de 3: nog twee
progress-left-3 = 3 van de 3: nog alle drie
progress-failed = De laatste poging is niet gelukt

## What a failure means: what happened, what to do next, and what is said at the end

failure-document-authenticity-failed = Van de gegevens op de chip kon niet worden bevestigd dat ze echt zijn.
    .next = Controleer of het het juiste paspoort is en lees de chip opnieuw.
    .end = Er kon niet worden bevestigd dat de gegevens op de chip door een staat zijn afgegeven. Als uw paspoort echt is, wordt het land van afgifte misschien nog niet ondersteund.
failure-document-active-authentication-failed = De chip heeft niet aangetoond dat het de originele is.
    .next = Houd de telefoon stil op het paspoort en lees de chip opnieuw.
    .end = De chip heeft niet aangetoond dat het de originele is en geen kopie.
failure-document-chip-authentication-failed = De beveiligde verbinding met de chip is mislukt.
    .next = Haal de telefoon uit het hoesje, houd hem stil en lees de chip opnieuw.
    .end = De chip kon niet via een beveiligde verbinding aantonen dat het de originele is.
failure-document-anti-cloning-attestation-failed = De controle tegen gekopieerde chips is niet doorstaan.
    .next = Dit kan hier niet opnieuw worden geprobeerd.
    .end = De controle tegen gekopieerde chips is niet doorstaan. Voor de veiligheid kan dit hier niet opnieuw worden geprobeerd.
failure-document-data-invalid = De gegevens op de chip konden niet worden gelezen.
    .next = Controleer of het document een paspoort met het chipsymbool is en probeer het opnieuw.
    .end = De gegevens op de chip konden niet als paspoort worden gelezen.
failure-liveness-failed = We konden niet duidelijk zien dat er een mens voor de camera is.
    .next = Zorg voor gelijkmatig licht, zet een zonnebril of mondkapje af, houd de telefoon op ooghoogte en probeer het opnieuw.
    .end = We konden niet duidelijk zien dat er een mens voor de camera was.
failure-selfie-face-mismatch = Uw gezicht is niet herkend als het gezicht in het paspoort.
    .next = Controleer of het uw eigen paspoort is. Kijk bij gelijkmatig licht recht in de camera en probeer het opnieuw.
    .end = Het gezicht voor de camera is niet herkend als het gezicht in het paspoort.

## It is over

outcome-succeeded = Uw identiteit is geverifieerd
    .text = Het paspoort is echt en het is van u.
    .organization = { $org } ontvangt de gegevens waarvoor u toestemming hebt gegeven, en verder niets.
outcome-failed = Uw identiteit kon niet worden geverifieerd
    .text = De controle is niet gelukt.
    .organization = Er zijn geen gegevens over u of uw document gedeeld. { $org } kan een nieuwe verificatie starten.
outcome-expired = De tijd voor deze verificatie is om
    .text = De verificatie is niet op tijd afgerond. Er is niets gedeeld.
    .organization = Wilt u uw identiteit nog steeds laten verifiëren? Begin dan opnieuw bij { $org }.
outcome-cancelled = Deze verificatie is geannuleerd
    .text = U kunt er niet mee verdergaan.
outcome-cancelled-by-user = U hebt deze verificatie geannuleerd
    .text = U kunt er niet mee verdergaan. Er wordt niets meer gedeeld.
outcome-cancelled-by-organization = { $org } heeft deze verificatie geannuleerd
    .text = U kunt er niet mee verdergaan. Er is niets gedeeld. { $org } kan u vertellen waarom.
outcome-withdrawn = U hebt uw toestemming ingetrokken
    .text = Wat { $org } nog niet had ontvangen, is vernietigd; de rest kan alleen { $org } wissen.
outcome-go-on = Verder naar { $host }
outcome-close = U kunt deze pagina nu sluiten.
outcome-countdown = { $n ->
    [one] U wordt over { $n } seconde doorgestuurd.
   *[other] U wordt over { $n } seconden doorgestuurd.
}
outcome-pause = Hier blijven
outcome-resume = Toch doorsturen
outcome-withdraw-heading = Bent u van gedachten veranderd?
outcome-withdraw-text = U kunt uw toestemming nog intrekken voor de gegevens die { $org } nog niet heeft ontvangen.
outcome-withdraw-late = { $org } heeft het resultaat al ontvangen. Hier kan het niet worden teruggehaald, maar { $org } kan het wissen.
outcome-withdraw = Toestemming intrekken

## Questions before something that cannot be taken back

confirm-cancel = Deze verificatie annuleren?
    .text = { $org } krijgt alleen te horen dat u hebt geannuleerd; verder wordt er niets gedeeld. Daarna kunt u niet meer verdergaan: { $org } zou een nieuwe verificatie moeten starten.
    .yes = Ja, annuleren
confirm-withdraw = Toestemming om gegevens te delen intrekken?
    .text = Wat nog niet bij { $org } is afgeleverd, wordt vernietigd en nooit verzonden. Wat { $org } al heeft ontvangen, kunt u hier niet terughalen: vraag { $org } om het te verwijderen.
    .yes = Ja, intrekken
confirm-release = Verbinding met de telefoon verbreken?
    .text = De verbonden telefoon kan dan niet meer verder. Daarna kunt u een andere verbinden. Gebruikte pogingen krijgt u niet terug.
    .yes = Ja, verbreken
confirm-back = Terug

## Messages above a page

notice-biometric-required = Zet een vinkje onder ‘Uw gezicht’ om verder te gaan. Zonder de vergelijking is deze controle niet mogelijk.
notice-selection-incomplete = In uw keuze ontbrak iets wat verplicht is. Geef opnieuw akkoord.
notice-consent-frozen = Er is al een telefoon begonnen. Daarom kunt u niet meer wijzigen waarmee u akkoord bent gegaan.
notice-released = De verbinding met de telefoon is verbroken. U kunt een andere verbinden.
notice-simulating = De gesimuleerde telefoon is gestart. Deze pagina volgt hem.
notice-changed = Dat kon niet meer. Op deze pagina ziet u hoe het er nu voor staat.
notice-too-many = Te veel verzoeken. Wacht een minuut en probeer het opnieuw.
notice-trouble = Er ging bij ons iets mis. Er is niets veranderd. Probeer het opnieuw.

## What testers read in a sandbox

sandbox-heading = Testomgeving: speel de telefoon
sandbox-text = Kies wat de gesimuleerde telefoon met deze sessie doet, en kijk wat deze pagina laat zien.
sandbox-scenario = Wat er gebeurt
sandbox-pass = Alles lukt
sandbox-nfc-fail = De chip is niet echt, drie keer
sandbox-liveness-fail = Er is niemand voor de camera te zien, drie keer
sandbox-face-mismatch = Het gezicht is van iemand anders, drie keer
sandbox-cloned = De chip is een kopie: meteen afgelopen
sandbox-abandon = De telefoon maakt verbinding en doet daarna niets
sandbox-start = Telefoon starten
sandbox-command-line = Via de opdrachtregel
sandbox-terminal = De testomgeving heeft een gesimuleerde telefoon. In een terminal met de instellingen van deze server:

## What is in the way

problem-not-found = Deze verificatie bestaat niet
    .text = Misschien is de verificatie verwijderd. Controleer de link of vraag de afzender om een nieuwe.
problem-malformed = Deze link is niet volledig
    .text = Een deel van het adres ontbreekt of bevat een typefout. Open de link opnieuw, precies zoals u hem hebt gekregen.
problem-open-original = Open uw oorspronkelijke link
    .text = Deze verificatie is in een andere browser gestart. Open de link die u hebt gekregen daar, of open hem hier nog een keer.
problem-wrong-link = Deze link past niet bij deze verificatie
    .text = De sleutel in de link klopt niet. Open de link opnieuw, precies zoals u hem hebt gekregen.
problem-forged = Dit is niet vanaf onze pagina verzonden
    .text = Voor uw veiligheid is er niets gewijzigd. Ga terug naar de verificatiepagina en probeer het daar.
problem-method = Op dit adres is niets te zien
    .text = Dit adres ontvangt alleen formulieren. Ga terug naar de verificatiepagina en ga daar verder.
problem-bad-form = Het formulier kon niet worden gelezen
    .text = Er is niets gewijzigd. Ga terug, laad de pagina opnieuw en probeer het nog een keer.
problem-timed-out = Dit duurde te lang
    .text = Misschien is het gelukt, misschien niet. Open de verificatiepagina opnieuw: daar staat hoe het ervoor staat.
problem-too-many = Te veel verzoeken
    .text = Wacht een minuut en laad deze pagina dan opnieuw.
problem-trouble = Er ging bij ons iets mis
    .text = Er is niets gewijzigd. Probeer het over een ogenblik opnieuw.

## Where the app link leads when no app took it

app = Open dit op een telefoon met de app
    .text = Voor deze stap hebt u de app nodig: die leest de chip van het paspoort en filmt uw gezicht. Installeer de app en scan daarna de code of open de link opnieuw.
