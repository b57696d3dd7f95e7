### English: the measure of every other language. $org is the name of the organization that asks.

## The language itself

language-name = English
# Writing direction: ltr or rtl.
language-direction = ltr

## What several pages say

skip = Skip to content
language = Language
switch = Change language
ribbon = Sandbox: nothing here is real
steps-label = Progress
step-agree = Agree
step-phone = Phone
step-check = Check
step-done = Done
# Said to screen readers behind a step that lies behind.
step-behind = (done)
minutes-left = { $n ->
    [one] { $n } minute left
   *[other] { $n } minutes left
}
hours-left = { $n ->
    [one] { $n } hour left
   *[other] { $n } hours left
}
moments-left = Less than a minute left
time-is-up = Time is up
check-now = Check now
no-script = This page looks for news by itself every 20 seconds.
reconnecting = Connection lost. Reconnecting…
cancel = Cancel verification
new-tab = (opens in a new tab)
# $org (String) - the organization's name; an address follows.
help = Questions? Write to { $org }:

## What may be shared

claim-document-type-code = Type of document
claim-issuing-country-code = Country that issued the document
claim-family-name = Family name
claim-given-names = Given names
claim-document-number = Document number
claim-nationality-code = Nationality
claim-date-of-birth = Date of birth
claim-sex-marker = Sex, as the document says it
claim-document-expiry-date = Date the document expires
claim-mrz-optional-data = Optional data of the document, such as a personal number
    .hint = What this holds depends on the country.
claim-kayle-document-id = A code for your document (Kayle Document ID)
    .hint = The same document gives the same code. Your document number cannot be read from it.
claim-kayle-human-id = A code for you (Kayle Human ID)
    .hint = Made from your name, date of birth, sex and nationality, to recognise you with another document. They cannot be read from it.
# $years (String) - an age, 12 to 130.
claim-age-over = Whether you are over { $years } — not your date of birth

## Who asks for what

consent-heading = { $org } asks to verify your identity
consent-lead = You need your passport and a phone that can read its chip. It takes about three minutes. Nothing is shared before you agree.
consent-about = About { $org }
consent-website = Website
consent-privacy = Privacy notice
consent-terms = Terms
consent-required = What { $org } receives
consent-required-mark = Required
consent-optional = What you may add
consent-optional-lead = { $org } would like these too. It works without them.
consent-says = { $org } says:
consent-added = Part of every verification.
consent-not-shared = What { $org } does not receive
consent-not-shared-text = Your passport photo, the pictures of your face, and anything that is not listed here. They are used for the check only and are not kept. { $org } learns whether the check succeeded.
consent-afterwards = Afterwards
consent-afterwards-text = You are sent on to { $host }.
consent-afterwards-here = You can close this page when you are done.
consent-face = Your face
consent-biometric = I agree that my face is compared with the photo in my passport
consent-biometric-hint = A phone films your face for a moment. This is biometric data. It is used only to check that the passport is yours, and is deleted right after.
consent-agree = Agree and continue
consent-decline = Decline
consent-cannot = I cannot do this
consent-cannot-text = No passport with a chip, no suitable phone, or you would rather not have your face compared?
consent-fallback = Use the other way { $org } offers
consent-support = Ask { $org } for another way:
consent-nobody = Ask { $org } for another way.

## Bring a phone

handoff-heading = Continue on your phone
handoff-scan = Point your phone’s camera at this code. Your phone reads the passport’s chip and films your face.
handoff-qr-alternative = QR code that opens this verification on your phone. The same link is given as text next to it.
handoff-link-label = Or open this link on your phone
handoff-copy = Copy link
handoff-copied = Copied
handoff-heading-phone = Continue in the app
handoff-lead-phone = The app reads your passport’s chip and films your face. Have your passport ready.
handoff-open = Open the app
handoff-other-phone = Use another phone
handoff-next = What happens next
handoff-next-1 = Scan the photo page of your passport.
handoff-next-2 = Hold the phone to the passport until its chip is read.
handoff-next-3 = Look into the camera for a moment.
handoff-by-itself = This page continues by itself as soon as your phone has started.

## A phone is at work

progress-heading-chip = Read your passport’s chip
progress-lead-chip = Follow the steps on your phone. Keep the passport flat, and the phone still on top of it.
progress-heading-face = Now your face
progress-lead-face = The chip has been read. Look into your phone’s camera and follow what it says.
progress-checks-label = Steps on your phone
progress-check-phone = Phone connected
progress-check-chip = Passport chip
progress-check-face = Face
progress-state-done = Done
progress-state-now = Now
progress-state-next = Next
progress-code-label = Your phone shows
progress-code-hint = The same four digits are on the phone that is connected.
progress-release = Not your phone? Disconnect it
progress-tries = Attempts remaining
progress-tries-chip = Passport chip
progress-tries-face = Face
# How many of three attempts are left.
progress-left-0 = None left of 3
progress-left-1 = 1 of 3: this is the last one
progress-left-2 = 2 of 3: two left
progress-left-3 = 3 of 3: all three left
progress-failed = The last attempt did not work

## What a failure means: what happened, what to do next, and what is said at the end

failure-document-authenticity-failed = The chip’s data could not be confirmed as genuine.
    .next = Check that it is the right passport and read the chip again.
    .end = The data on the chip could not be confirmed as issued by a state. If your passport is genuine, its country may not be supported yet.
failure-document-active-authentication-failed = The chip did not prove that it is the original.
    .next = Keep the phone still on the passport and read the chip again.
    .end = The chip did not prove that it is the original and not a copy.
failure-document-chip-authentication-failed = The secure connection to the chip failed.
    .next = Take the phone out of its case, keep it still, and read the chip again.
    .end = The chip could not show with a secure connection that it is the original.
failure-document-anti-cloning-attestation-failed = The protection against copied chips did not pass.
    .next = This cannot be tried again here.
    .end = The protection against copied chips did not pass. For safety this cannot be tried again here.
failure-document-data-invalid = The chip’s data could not be read.
    .next = Check that the document is a passport with the chip symbol, and try again.
    .end = The data on the chip could not be read as a passport.
failure-liveness-failed = We could not see clearly that a person is in front of the camera.
    .next = Find even light, take off sunglasses or a mask, hold the phone at eye level, and try again.
    .end = We could not see clearly that a person was in front of the camera.
failure-selfie-face-mismatch = Your face was not recognised as the one in the passport.
    .next = Make sure it is your own passport. Face the camera in even light, and try again.
    .end = The face in front of the camera was not recognised as the one in the passport.

## It is over

outcome-succeeded = Your identity is verified
    .text = The passport is genuine, and it is yours.
    .organization = { $org } receives what you agreed to share, and nothing else.
outcome-failed = Your identity could not be verified
    .text = The check did not succeed.
    .organization = Nothing about you or your document was shared. { $org } can start a new verification.
outcome-expired = The time for this verification is over
    .text = It was not finished in time. Nothing was shared.
    .organization = If you still want to be verified, start again at { $org }.
outcome-cancelled = This verification was cancelled
    .text = It cannot be continued.
outcome-cancelled-by-user = You cancelled this verification
    .text = It cannot be continued. Nothing more is shared.
outcome-cancelled-by-organization = { $org } cancelled this verification
    .text = It cannot be continued. Nothing was shared. { $org } can tell you why.
outcome-withdrawn = You withdrew this verification
    .text = What had not reached { $org } yet is destroyed; only { $org } can delete the rest.
outcome-go-on = Continue to { $host }
outcome-close = You can close this page now.
outcome-countdown = { $n ->
    [one] You are sent on in { $n } second.
   *[other] You are sent on in { $n } seconds.
}
outcome-pause = Stay here
outcome-resume = Send me on
outcome-withdraw-heading = Changed your mind?
outcome-withdraw-text = You can withdraw what has not reached { $org } yet.
outcome-withdraw-late = The result has already reached { $org }. It cannot be taken back from here, but { $org } can delete it.
outcome-withdraw = Withdraw

## Questions before something that cannot be taken back

confirm-cancel = Cancel this verification?
    .text = Nothing is shared with { $org }, except that you cancelled. You cannot continue afterwards; { $org } would have to start a new verification.
    .yes = Yes, cancel it
confirm-withdraw = Withdraw this verification?
    .text = What has not been delivered to { $org } yet is destroyed and never sent. What { $org } has already received cannot be taken back from here: ask { $org } to delete it.
    .yes = Yes, withdraw
confirm-release = Disconnect the phone?
    .text = The connected phone can no longer continue. You can then connect another one. Attempts that were used stay used.
    .yes = Yes, disconnect it
confirm-back = Go back

## Messages above a page

notice-biometric-required = To continue, tick the box under “Your face”. Without the comparison this check is not possible.
notice-selection-incomplete = Something that is required was missing from your selection. Please agree again.
notice-consent-frozen = A phone has already started, so what you agreed to can no longer be changed.
notice-released = The phone is disconnected. You can connect another one.
notice-simulating = The simulated phone has started. This page follows it.
notice-changed = That was not possible any more. This page shows where things stand now.
notice-too-many = Too many requests. Please wait a minute and try again.
notice-trouble = Something went wrong on our side. Nothing was changed. Please try again.

## What testers read in a sandbox

sandbox-heading = Sandbox: play the phone
sandbox-text = Choose what the simulated phone does with this session, and watch this page.
sandbox-scenario = What happens
sandbox-pass = Everything succeeds
sandbox-nfc-fail = The chip is not genuine, three times
sandbox-liveness-fail = Nobody is seen in front of the camera, three times
sandbox-face-mismatch = The face is somebody else’s, three times
sandbox-cloned = The chip is a copy: it ends at once
sandbox-abandon = The phone connects, and then does nothing
sandbox-start = Start the phone
sandbox-command-line = On the command line
sandbox-terminal = The sandbox has a simulated phone. In a terminal with this server’s settings:

## What is in the way

problem-not-found = This verification does not exist
    .text = It may have been deleted. Check the link, or ask whoever sent it for a new one.
problem-malformed = This link is not complete
    .text = Part of the address is missing or mistyped. Open the link again exactly as you received it.
problem-open-original = Please open your original link
    .text = This verification was started in another browser. Open the link you were given there, or open it here once more.
problem-wrong-link = This link does not fit this verification
    .text = The key in the link is not the right one. Open the link again exactly as you received it.
problem-forged = This was not sent from our page
    .text = For your safety nothing was changed. Go back to the verification page and try there.
problem-method = There is nothing to see at this address
    .text = It only receives forms. Go back to the verification page and continue there.
problem-bad-form = The form could not be read
    .text = Nothing was changed. Go back, reload the page, and try again.
problem-timed-out = This took too long
    .text = It may or may not have been done. Open the verification page again: it shows how things stand.
problem-too-many = Too many requests
    .text = Please wait a minute, then reload this page.
problem-trouble = Something went wrong on our side
    .text = Nothing was changed. Please try again in a moment.

## Where the app link leads when no app took it

app = Open this on a phone with the app
    .text = This step needs the phone app: it reads the passport’s chip and films your face. Install the app, then scan the code or open the link again.
