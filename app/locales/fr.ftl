### Translated from en.ftl; $org is the name of the organization that asks.

## The language itself

language-name = Français
# Writing direction: ltr or rtl.
language-direction = ltr

## What several pages say

skip = Aller au contenu
language = Langue
switch = Changer de langue
ribbon = Environnement de test : rien n’est réel ici
steps-label = Progression
step-agree = Accord
step-phone = Téléphone
step-check = Contrôle
step-done = Fin
# Said to screen readers behind a step that lies behind.
step-behind = (étape terminée)
minutes-left = { $n ->
    [one] Il reste { $n } minute
    [many] Il reste { $n } de minutes
   *[other] Il reste { $n } minutes
}
hours-left = { $n ->
    [one] Il reste { $n } heure
    [many] Il reste { $n } d’heures
   *[other] Il reste { $n } heures
}
moments-left = Il reste moins d’une minute
time-is-up = Le temps est écoulé
check-now = Actualiser
no-script = Cette page s’actualise automatiquement toutes les 20 secondes.
reconnecting = Connexion perdue. Reconnexion en cours…
cancel = Annuler la vérification
new-tab = (s’ouvre dans un nouvel onglet)
# $org (String) - the organization's name; an address follows.
help = Des questions ? Écrivez à { $org } :

## What may be shared

claim-document-type-code = Type de document
claim-issuing-country-code = Pays de délivrance du document
claim-family-name = Nom de famille
claim-given-names = Prénoms
claim-document-number = Numéro du document
claim-nationality-code = Nationalité
claim-date-of-birth = Date de naissance
claim-sex-marker = Sexe indiqué sur le document
claim-document-expiry-date = Date d’expiration du document
claim-mrz-optional-data = Données facultatives du document, par exemple un numéro personnel
    .hint = Leur contenu varie selon le pays.
claim-kayle-document-id = Un code propre à votre document (Kayle Document ID)
    .hint = Un même document donne toujours le même code. Ce code ne permet pas de retrouver le numéro du document.
claim-kayle-human-id = Un code propre à votre personne (Kayle Human ID)
    .hint = Établi à partir de vos nom, date de naissance, sexe et nationalité, pour vous reconnaître même avec un autre document. Ce code ne permet pas de retrouver ces informations.
# $years (String) - an age, 12 to 130.
claim-age-over = Si vous avez { $years } ans ou plus, mais pas votre date de naissance

## Who asks for what

consent-heading = { $org } souhaite vérifier votre identité
consent-lead = Il vous faut votre passeport et un téléphone capable d’en lire la puce. Comptez environ trois minutes. Rien n’est transmis avant votre accord.
consent-about = Informations sur { $org }
consent-website = Site web
consent-privacy = Politique de confidentialité
consent-terms = Conditions d’utilisation
consent-required = Ce qui est transmis à { $org }
consent-required-mark = Obligatoire
consent-optional = Ce que vous pouvez ajouter
consent-optional-lead = { $org } aimerait aussi recevoir ces informations, mais elles ne sont pas indispensables.
consent-says = { $org } précise :
consent-added = Inclus dans toute vérification.
consent-not-shared = Ce qui n’est pas transmis à { $org }
consent-not-shared-text = La photo de votre passeport, les images de votre visage et tout ce qui n’est pas indiqué ici. Ces données servent uniquement à la vérification et ne sont pas conservées. { $org } saura si la vérification a réussi ou non.
consent-afterwards = Après la vérification
consent-afterwards-text = Cette page vous redirigera vers { $host }.
consent-afterwards-here = Une fois la vérification terminée, vous pourrez fermer cette page.
consent-face = Votre visage
consent-biometric = J’accepte que mon visage soit comparé à la photo de mon passeport
consent-biometric-hint = Un téléphone filme brièvement votre visage. Il s’agit de données biométriques. Elles servent uniquement à vérifier que le passeport est bien le vôtre et sont supprimées aussitôt après.
consent-agree = Accepter et continuer
consent-decline = Refuser
consent-cannot = Je ne peux pas faire cette vérification
consent-cannot-text = Vous n’avez pas de passeport à puce ou de téléphone compatible, ou vous préférez que votre visage ne soit pas comparé ?
consent-fallback = Utiliser l’autre solution proposée par { $org }
consent-support = Demandez une autre solution à { $org } :
consent-nobody = Demandez une autre solution à { $org }.

## Bring a phone

handoff-heading = Continuez sur votre téléphone
handoff-scan = Scannez ce code avec l’appareil photo de votre téléphone. Votre téléphone lira la puce du passeport et filmera votre visage.
handoff-qr-alternative = Code QR qui ouvre cette vérification sur votre téléphone. Le même lien figure à côté sous forme de texte.
handoff-link-label = Ou ouvrez ce lien sur votre téléphone
handoff-copy = Copier le lien
handoff-copied = Lien copié
handoff-heading-phone = Continuez dans l’application
handoff-lead-phone = L’application lit la puce de votre passeport et filme votre visage. Gardez le passeport à portée de main.
handoff-open = Ouvrir l’application
handoff-other-phone = Utiliser un autre téléphone
handoff-next = Prochaines étapes
handoff-next-1 = Scannez la page de votre passeport où figure votre photo.
handoff-next-2 = Tenez le téléphone contre le passeport jusqu’à ce que la puce soit lue.
handoff-next-3 = Regardez un instant la caméra.
handoff-by-itself = Cette page passera automatiquement à l’étape suivante dès que la vérification aura commencé sur votre téléphone.

## A phone is at work

progress-heading-chip = Lecture de la puce de votre passeport
progress-lead-chip = Suivez les étapes sur votre téléphone. Gardez le passeport bien à plat et le téléphone immobile dessus.
progress-heading-face = Maintenant, votre visage
progress-lead-face = La puce a été lue. Regardez la caméra de votre téléphone et suivez les indications.
progress-checks-label = Étapes sur votre téléphone
progress-check-phone = Téléphone connecté
progress-check-chip = Puce du passeport
progress-check-face = Visage
progress-state-done = Terminé
progress-state-now = En cours
progress-state-next = À venir
progress-code-label = Votre téléphone affiche
progress-code-hint = Les quatre mêmes chiffres apparaissent sur le téléphone connecté.
progress-release = Ce n’est pas votre téléphone ? Déconnectez-le
progress-tries = Tentatives restantes
progress-tries-chip = Puce du passeport
progress-tries-face = Visage
# How many of three attempts are left.
progress-left-0 = Aucune sur 3
progress-left-1 = 1 sur 3 : c’est la dernière
progress-left-2 = 2 sur 3 : il vous en reste deux
progress-left-3 = 3 sur 3 : aucune n’a été utilisée
progress-failed = La dernière tentative n’a pas abouti

## What a failure means: what happened, what to do next, and what is said at the end

failure-document-authenticity-failed = L’authenticité des données de la puce n’a pas pu être confirmée.
    .next = Vérifiez qu’il s’agit du bon passeport et lisez à nouveau la puce.
    .end = Il n’a pas été possible de confirmer que les données de la puce proviennent d’un État. Si votre passeport est authentique, il se peut que le pays qui l’a délivré ne soit pas encore pris en charge.
failure-document-active-authentication-failed = La puce n’a pas prouvé qu’elle était bien l’original.
    .next = Gardez le téléphone immobile sur le passeport et lisez à nouveau la puce.
    .end = La puce n’a pas prouvé qu’elle était bien l’original et non une copie.
failure-document-chip-authentication-failed = La connexion sécurisée avec la puce a échoué.
    .next = Retirez le téléphone de sa coque, gardez-le immobile et lisez à nouveau la puce.
    .end = La puce n’a pas pu prouver, par une connexion sécurisée, qu’elle était bien l’original.
failure-document-anti-cloning-attestation-failed = Le contrôle de protection contre la copie des puces n’a pas été concluant.
    .next = Il n’est pas possible de réessayer ici.
    .end = Le contrôle de protection contre la copie des puces n’a pas été concluant. Par sécurité, il n’est pas possible de réessayer ici.
failure-document-data-invalid = Les données de la puce n’ont pas pu être lues.
    .next = Vérifiez que le document est bien un passeport portant le symbole de la puce, puis réessayez.
    .end = Les données de la puce n’ont pas pu être lues comme celles d’un passeport.
failure-liveness-failed = Nous n’avons pas pu nous assurer qu’une personne se trouve bien devant la caméra.
    .next = Choisissez un éclairage uniforme, retirez vos lunettes de soleil ou votre masque, tenez le téléphone à hauteur des yeux et réessayez.
    .end = Nous n’avons pas pu nous assurer qu’une personne se trouvait bien devant la caméra.
failure-selfie-face-mismatch = Votre visage n’a pas été reconnu comme celui du passeport.
    .next = Assurez-vous qu’il s’agit bien de votre passeport. Placez-vous face à la caméra, sous un éclairage uniforme, et réessayez.
    .end = Le visage filmé n’a pas été reconnu comme celui du passeport.

## It is over

outcome-succeeded = Votre identité est vérifiée
    .text = Le passeport est authentique, et c’est bien le vôtre.
    .organization = { $org } reçoit ce que vous avez accepté de transmettre, et rien d’autre.
outcome-failed = Votre identité n’a pas pu être vérifiée
    .text = La vérification n’a pas abouti.
    .organization = Aucune information sur vous ou votre document n’a été transmise. { $org } peut lancer une nouvelle vérification.
outcome-expired = Le délai de cette vérification est dépassé
    .text = Elle n’a pas été terminée à temps. Rien n’a été transmis.
    .organization = Si vous souhaitez toujours faire vérifier votre identité, recommencez en passant par { $org }.
outcome-cancelled = Cette vérification a été annulée
    .text = Il n’est pas possible de la poursuivre.
outcome-cancelled-by-user = Vous avez annulé cette vérification
    .text = Il n’est pas possible de la poursuivre. Plus rien ne sera transmis.
outcome-cancelled-by-organization = { $org } a annulé cette vérification
    .text = Il n’est pas possible de la poursuivre. Rien n’a été transmis. { $org } peut vous en indiquer la raison.
outcome-withdrawn = Vous avez retiré votre accord
    .text = Ce que { $org } n’avait pas encore reçu est détruit ; seul { $org } peut effacer le reste.
outcome-go-on = Continuer vers { $host }
outcome-close = Vous pouvez maintenant fermer cette page.
outcome-countdown = { $n ->
    [one] Redirection dans { $n } seconde.
    [many] Redirection dans { $n } de secondes.
   *[other] Redirection dans { $n } secondes.
}
outcome-pause = Rester ici
outcome-resume = Me rediriger
outcome-withdraw-heading = Vous avez changé d’avis ?
outcome-withdraw-text = Vous pouvez retirer votre accord pour ce qui n’est pas encore parvenu à { $org }.
outcome-withdraw-late = { $org } a déjà reçu le résultat. Il ne peut pas être repris d’ici, mais { $org } peut l’effacer.
outcome-withdraw = Retirer mon accord

## Questions before something that cannot be taken back

confirm-cancel = Annuler cette vérification ?
    .text = Rien ne sera transmis à { $org }, hormis le fait que vous avez annulé la vérification. Vous ne pourrez pas la reprendre ensuite ; { $org } devra en lancer une nouvelle.
    .yes = Oui, l’annuler
confirm-withdraw = Retirer votre accord pour cette vérification ?
    .text = Ce qui n’a pas encore été remis à { $org } sera détruit et ne sera jamais envoyé. Ce qui est déjà parvenu à { $org } ne peut pas être retiré depuis cette page : demandez à { $org } de le supprimer.
    .yes = Oui, retirer mon accord
confirm-release = Déconnecter le téléphone ?
    .text = Le téléphone connecté ne pourra plus continuer. Vous pourrez ensuite en connecter un autre. Les tentatives déjà utilisées restent décomptées.
    .yes = Oui, le déconnecter
confirm-back = Retour

## Messages above a page

notice-biometric-required = Pour continuer, cochez la case sous « Votre visage ». Sans cette comparaison, la vérification n’est pas possible.
notice-selection-incomplete = Il manquait un élément obligatoire dans votre sélection. Veuillez donner à nouveau votre accord.
notice-consent-frozen = La vérification a déjà commencé sur un téléphone : vous ne pouvez plus modifier ce que vous avez accepté.
notice-released = Le téléphone est déconnecté. Vous pouvez en connecter un autre.
notice-simulating = Le téléphone simulé a démarré. Cette page le suit.
notice-changed = Cette action n’était plus possible. Cette page affiche la situation actuelle.
notice-too-many = Trop de demandes. Veuillez patienter une minute, puis réessayer.
notice-trouble = Un problème est survenu de notre côté. Rien n’a été modifié. Veuillez réessayer.

## What testers read in a sandbox

sandbox-heading = Environnement de test : jouer le téléphone
sandbox-text = Choisissez ce que le téléphone simulé fait de cette session, et observez cette page.
sandbox-scenario = Ce qui se passe
sandbox-pass = Tout réussit
sandbox-nfc-fail = La puce n’est pas authentique, trois fois
sandbox-liveness-fail = Personne n’est vu devant la caméra, trois fois
sandbox-face-mismatch = Le visage est celui de quelqu’un d’autre, trois fois
sandbox-cloned = La puce est une copie : fin immédiate
sandbox-abandon = Le téléphone se connecte, puis ne fait rien
sandbox-start = Démarrer le téléphone
sandbox-command-line = En ligne de commande
sandbox-terminal = L’environnement de test comprend un téléphone simulé. Dans un terminal configuré avec les paramètres de ce serveur :

## What is in the way

problem-not-found = Cette vérification n’existe pas
    .text = Elle a peut-être été supprimée. Vérifiez le lien ou demandez-en un nouveau à la personne qui vous l’a envoyé.
problem-malformed = Ce lien est incomplet
    .text = Une partie de l’adresse manque ou comporte une erreur. Ouvrez à nouveau le lien exactement tel que vous l’avez reçu.
problem-open-original = Veuillez ouvrir votre lien d’origine
    .text = Cette vérification a été commencée dans un autre navigateur. Ouvrez-y le lien que vous avez reçu, ou ouvrez-le à nouveau ici.
problem-wrong-link = Ce lien ne correspond pas à cette vérification
    .text = La clé contenue dans le lien n’est pas la bonne. Ouvrez à nouveau le lien exactement tel que vous l’avez reçu.
problem-forged = Cette demande ne provient pas de notre page
    .text = Pour votre sécurité, rien n’a été modifié. Revenez à la page de vérification et réessayez depuis celle-ci.
problem-method = Il n’y a rien à voir à cette adresse
    .text = Elle ne sert qu’à recevoir des formulaires. Revenez à la page de vérification pour continuer.
problem-bad-form = Le formulaire n’a pas pu être lu
    .text = Rien n’a été modifié. Revenez en arrière, rechargez la page et réessayez.
problem-timed-out = Cela a pris trop de temps
    .text = L’action a peut-être été effectuée, ou peut-être pas. Rouvrez la page de vérification : elle indique où vous en êtes.
problem-too-many = Trop de demandes
    .text = Veuillez patienter une minute, puis recharger cette page.
problem-trouble = Un problème est survenu de notre côté
    .text = Rien n’a été modifié. Veuillez réessayer dans un instant.

## Where the app link leads when no app took it

app = Ouvrez ce lien sur un téléphone équipé de l’application
    .text = Cette étape nécessite l’application mobile, qui lit la puce du passeport et filme votre visage. Installez l’application, puis scannez le code ou ouvrez le lien à nouveau.
