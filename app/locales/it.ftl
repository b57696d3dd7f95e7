### Translated from en.ftl; $org is the name of the organization that asks.

## The language itself

language-name = Italiano
# Writing direction: ltr or rtl.
language-direction = ltr

## What several pages say

skip = Vai al contenuto
language = Lingua
switch = Cambia lingua
ribbon = Ambiente di prova: qui nulla è reale
steps-label = Avanzamento
step-agree = Consenso
step-phone = Telefono
step-check = Controllo
step-done = Fine
# Said to screen readers behind a step that lies behind.
step-behind = (completato)
minutes-left = { $n ->
    [one] Manca { $n } minuto
    [many] Mancano { $n } di minuti
   *[other] Mancano { $n } minuti
}
hours-left = { $n ->
    [one] Manca { $n } ora
    [many] Mancano { $n } di ore
   *[other] Mancano { $n } ore
}
moments-left = Manca meno di un minuto
time-is-up = Tempo scaduto
check-now = Aggiorna ora
no-script = Questa pagina si aggiorna da sola ogni 20 secondi.
reconnecting = Connessione interrotta. Riconnessione in corso…
cancel = Annulla la verifica
new-tab = (si apre in una nuova scheda)
# $org (String) - the organization's name; an address follows.
help = Ha domande? Scriva a { $org }:

## What may be shared

claim-document-type-code = Tipo di documento
claim-issuing-country-code = Paese che ha rilasciato il documento
claim-family-name = Cognome
claim-given-names = Nome
claim-document-number = Numero del documento
claim-nationality-code = Cittadinanza
claim-date-of-birth = Data di nascita
claim-sex-marker = Sesso indicato sul documento
claim-document-expiry-date = Data di scadenza del documento
claim-mrz-optional-data = Dati facoltativi del documento, ad esempio un numero personale
    .hint = Il contenuto dipende dal Paese.
claim-kayle-document-id = Un codice associato al suo documento (Kayle Document ID)
    .hint = Lo stesso documento dà sempre lo stesso codice. Dal codice non si può risalire al numero del documento.
claim-kayle-human-id = Un codice associato a lei (Kayle Human ID)
    .hint = Ricavato da nome, data di nascita, sesso e cittadinanza, serve a riconoscerla anche con un altro documento. Dal codice non si può risalire a questi dati.
# $years (String) - an age, 12 to 130.
claim-age-over = Se ha compiuto { $years } anni, ma non la sua data di nascita

## Who asks for what

consent-heading = { $org } le chiede di verificare la sua identità
consent-lead = Le servono il passaporto e un telefono in grado di leggerne il chip. Ci vogliono circa tre minuti. Non viene condiviso nulla prima del suo consenso.
consent-about = Informazioni su { $org }
consent-website = Sito web
consent-privacy = Informativa sulla privacy
consent-terms = Termini e condizioni
consent-required = Che cosa riceve { $org }
consent-required-mark = Obbligatorio
consent-optional = Che cosa può aggiungere
consent-optional-lead = { $org } vorrebbe ricevere anche questi dati, ma non sono indispensabili.
consent-says = { $org } spiega:
consent-added = Fa parte di ogni verifica.
consent-not-shared = Che cosa non riceve { $org }
consent-not-shared-text = La foto del suo passaporto, le immagini del suo volto e tutto ciò che non è indicato qui. Questi dati servono solo per la verifica e non vengono conservati. { $org } saprà se la verifica è riuscita o meno.
consent-afterwards = Dopo la verifica
consent-afterwards-text = Questa pagina la porterà su { $host }.
consent-afterwards-here = Al termine potrà chiudere questa pagina.
consent-face = Il suo volto
consent-biometric = Acconsento al confronto del mio volto con la foto del mio passaporto
consent-biometric-hint = Un telefono riprende per qualche istante il suo volto. Si tratta di dati biometrici. Servono solo a verificare che il passaporto sia suo e vengono eliminati subito dopo.
consent-agree = Accetta e continua
consent-decline = Rifiuta
consent-cannot = Non posso fare questa verifica
consent-cannot-text = Non ha un passaporto con chip o un telefono adatto, oppure preferisce che il suo volto non venga confrontato?
consent-fallback = Usa l’alternativa offerta da { $org }
consent-support = Chieda un’alternativa a { $org }:
consent-nobody = Chieda un’alternativa a { $org }.

## Bring a phone

handoff-heading = Continui sul telefono
handoff-scan = Inquadri questo codice con la fotocamera del telefono. Il telefono leggerà il chip del passaporto e riprenderà il suo volto.
handoff-qr-alternative = Codice QR che apre questa verifica sul telefono. Accanto è riportato lo stesso link in forma di testo.
handoff-link-label = Oppure apra questo link sul telefono
handoff-copy = Copia link
handoff-copied = Copiato
handoff-heading-phone = Continui nell’app
handoff-lead-phone = L’app legge il chip del suo passaporto e riprende il suo volto. Tenga il passaporto a portata di mano.
handoff-open = Apri l’app
handoff-other-phone = Usa un altro telefono
handoff-next = Prossimi passi
handoff-next-1 = Scansioni la pagina del passaporto con la foto.
handoff-next-2 = Tenga il telefono a contatto con il passaporto fino al termine della lettura del chip.
handoff-next-3 = Guardi per un attimo verso la fotocamera.
handoff-by-itself = Questa pagina proseguirà da sola non appena la verifica inizierà sul telefono.

## A phone is at work

progress-heading-chip = Legga il chip del passaporto
progress-lead-chip = Segua i passaggi sul telefono. Tenga il passaporto in piano e il telefono appoggiato sopra, senza muoverlo.
progress-heading-face = Ora il suo volto
progress-lead-face = Il chip è stato letto. Guardi verso la fotocamera del telefono e segua le indicazioni.
progress-checks-label = Passaggi sul telefono
progress-check-phone = Telefono collegato
progress-check-chip = Chip del passaporto
progress-check-face = Volto
progress-state-done = Fatto
progress-state-now = In corso
progress-state-next = Da fare
progress-code-label = Il telefono mostra
progress-code-hint = Le stesse quattro cifre compaiono sul telefono collegato.
progress-release = Non è il suo telefono? Lo scolleghi
progress-tries = Tentativi rimasti
progress-tries-chip = Chip del passaporto
progress-tries-face = Volto
# How many of three attempts are left.
progress-left-0 = Nessuno su 3
progress-left-1 = 1 su 3: è l’ultimo
progress-left-2 = 2 su 3: ne restano due
progress-left-3 = 3 su 3: restano tutti e tre
progress-failed = L’ultimo tentativo non è riuscito

## What a failure means: what happened, what to do next, and what is said at the end

failure-document-authenticity-failed = Non è stato possibile confermare l’autenticità dei dati del chip.
    .next = Controlli che sia il passaporto giusto e legga di nuovo il chip.
    .end = Non è stato possibile confermare che i dati del chip provengano da uno Stato. Se il passaporto è autentico, il Paese che l’ha rilasciato potrebbe non essere ancora tra quelli accettati.
failure-document-active-authentication-failed = Il chip non ha dimostrato di essere l’originale.
    .next = Tenga il telefono fermo sul passaporto e legga di nuovo il chip.
    .end = Il chip non ha dimostrato di essere l’originale e non una copia.
failure-document-chip-authentication-failed = La connessione sicura con il chip non è riuscita.
    .next = Tolga la custodia dal telefono, lo tenga fermo e legga di nuovo il chip.
    .end = Il chip non ha potuto dimostrare con una connessione sicura di essere l’originale.
failure-document-anti-cloning-attestation-failed = Il controllo di protezione dai chip copiati non è stato superato.
    .next = Qui non è possibile riprovare.
    .end = Il controllo di protezione dai chip copiati non è stato superato. Per sicurezza, qui non è possibile riprovare.
failure-document-data-invalid = Non è stato possibile leggere i dati del chip.
    .next = Controlli che il documento sia un passaporto con il simbolo del chip e riprovi.
    .end = Non è stato possibile leggere i dati del chip come quelli di un passaporto.
failure-liveness-failed = Non siamo riusciti ad accertare la presenza di una persona davanti alla fotocamera.
    .next = Si metta in un punto con luce uniforme, tolga gli occhiali da sole o la mascherina, tenga il telefono all’altezza degli occhi e riprovi.
    .end = Durante la verifica non siamo riusciti ad accertare la presenza di una persona davanti alla fotocamera.
failure-selfie-face-mismatch = Il suo volto non è stato riconosciuto come quello del passaporto.
    .next = Si assicuri che sia proprio il suo passaporto. Si metta di fronte alla fotocamera con una luce uniforme e riprovi.
    .end = Il volto davanti alla fotocamera non è stato riconosciuto come quello del passaporto.

## It is over

outcome-succeeded = La sua identità è verificata
    .text = Il passaporto è autentico ed è suo.
    .organization = { $org } riceve ciò che lei ha accettato di condividere e nient’altro.
outcome-failed = Non è stato possibile verificare la sua identità
    .text = La verifica non è riuscita.
    .organization = Nessun dato su di lei o sul suo documento è stato condiviso. { $org } può avviare una nuova verifica.
outcome-expired = Il tempo per questa verifica è scaduto
    .text = Non è stata completata in tempo. Nulla è stato condiviso.
    .organization = Se desidera ancora verificare la sua identità, ricominci da { $org }.
outcome-cancelled = Questa verifica è stata annullata
    .text = Non è possibile proseguirla.
outcome-cancelled-by-user = Lei ha annullato questa verifica
    .text = Non è possibile proseguirla. Nient’altro verrà condiviso.
outcome-cancelled-by-organization = { $org } ha annullato questa verifica
    .text = Non è possibile proseguirla. Nulla è stato condiviso. { $org } può spiegarle il motivo.
outcome-withdrawn = Ha revocato il consenso
    .text = Ciò che { $org } non aveva ancora ricevuto è distrutto; il resto può cancellarlo solo { $org }.
outcome-go-on = Continua su { $host }
outcome-close = Ora può chiudere questa pagina.
outcome-countdown = { $n ->
    [one] Reindirizzamento tra { $n } secondo.
    [many] Reindirizzamento tra { $n } di secondi.
   *[other] Reindirizzamento tra { $n } secondi.
}
outcome-pause = Resta qui
outcome-resume = Prosegui
outcome-withdraw-heading = Ha cambiato idea?
outcome-withdraw-text = Può revocare il consenso per ciò che non è ancora arrivato a { $org }.
outcome-withdraw-late = { $org } ha già ricevuto il risultato. Da qui non si può riprendere, ma { $org } può cancellarlo.
outcome-withdraw = Revoca il consenso

## Questions before something that cannot be taken back

confirm-cancel = Annullare questa verifica?
    .text = Non verrà condiviso nulla con { $org }, a parte il fatto che lei ha annullato la verifica. Non potrà più riprenderla: { $org } dovrà avviarne una nuova.
    .yes = Sì, annulla
confirm-withdraw = Revocare il consenso per questa verifica?
    .text = Ciò che non è ancora stato consegnato a { $org } verrà distrutto e non sarà mai inviato. Ciò che { $org } ha già ricevuto non può essere ritirato da qui: chieda a { $org } di eliminarlo.
    .yes = Sì, revoca
confirm-release = Scollegare il telefono?
    .text = Il telefono collegato non potrà più continuare. Potrà poi collegarne un altro. I tentativi già usati non si recuperano.
    .yes = Sì, scollega
confirm-back = Indietro

## Messages above a page

notice-biometric-required = Per continuare, selezioni la casella sotto «Il suo volto». Senza il confronto questa verifica non è possibile.
notice-selection-incomplete = Nella sua selezione mancava un elemento obbligatorio. Dia di nuovo il suo consenso.
notice-consent-frozen = La verifica è già iniziata su un telefono, perciò non è più possibile modificare ciò che ha accettato.
notice-released = Il telefono è scollegato. Può collegarne un altro.
notice-simulating = Il telefono simulato è stato avviato. Questa pagina lo segue.
notice-changed = L’operazione non era più possibile. Questa pagina mostra la situazione attuale.
notice-too-many = Troppe richieste. Attenda un minuto e riprovi.
notice-trouble = C’è stato un problema da parte nostra. Nulla è stato modificato. Riprovi.

## What testers read in a sandbox

sandbox-heading = Ambiente di prova: faccia la parte del telefono
sandbox-text = Scelga che cosa fa il telefono simulato con questa sessione e osservi questa pagina.
sandbox-scenario = Che cosa succede
sandbox-pass = Tutto riesce
sandbox-nfc-fail = Il chip non è autentico, tre volte
sandbox-liveness-fail = Davanti alla fotocamera non si vede nessuno, tre volte
sandbox-face-mismatch = Il volto è di un’altra persona, tre volte
sandbox-cloned = Il chip è una copia: finisce subito
sandbox-abandon = Il telefono si collega e poi non fa nulla
sandbox-start = Avvia il telefono
sandbox-command-line = Da riga di comando
sandbox-terminal = L’ambiente di prova dispone di un telefono simulato. In un terminale configurato con le impostazioni di questo server:

## What is in the way

problem-not-found = Questa verifica non esiste
    .text = Potrebbe essere stata eliminata. Controlli il link o ne chieda uno nuovo a chi gliel’ha inviato.
problem-malformed = Questo link è incompleto
    .text = Una parte dell’indirizzo manca o contiene un errore. Riapra il link esattamente come l’ha ricevuto.
problem-open-original = Apra il link originale
    .text = Questa verifica è stata avviata in un altro browser. Apra lì il link che ha ricevuto oppure lo riapra qui.
problem-wrong-link = Questo link non corrisponde a questa verifica
    .text = La chiave contenuta nel link non è quella giusta. Riapra il link esattamente come l’ha ricevuto.
problem-forged = Questa richiesta non proviene dalla nostra pagina
    .text = Per la sua sicurezza nulla è stato modificato. Torni alla pagina della verifica e riprovi da lì.
problem-method = Non c’è nulla da vedere a questo indirizzo
    .text = Serve solo a ricevere moduli. Torni alla pagina della verifica e continui da lì.
problem-bad-form = Non è stato possibile leggere il modulo
    .text = Nulla è stato modificato. Torni indietro, ricarichi la pagina e riprovi.
problem-timed-out = Ci è voluto troppo tempo
    .text = L’operazione potrebbe essere stata eseguita oppure no. Riapri la pagina di verifica: mostra a che punto sei.
problem-too-many = Troppe richieste
    .text = Attenda un minuto, poi ricarichi questa pagina.
problem-trouble = C’è stato un problema da parte nostra
    .text = Nulla è stato modificato. Riprovi tra qualche istante.

## Where the app link leads when no app took it

app = Apra questo link su un telefono con l’app
    .text = Questo passaggio richiede l’app sul telefono, che legge il chip del passaporto e riprende il suo volto. Installi l’app, poi scansioni di nuovo il codice o riapra il link.
