//! French.

use kayle_domain::FailureCode;
use kayle_domain::share::Claim;

use super::{
    Catalogue, Claims, Common, Confirm, Consent, FailureText, Handoff, Messages, Notices, Outcome,
    Problems, Progress, QuestionText, Sandbox, Titled, catalogue, plural,
};
use crate::page::{Notice, Problem, Question};

/// The French catalogue.
pub(super) static CATALOGUE: Catalogue = catalogue!("fr", "Français", "ltr", plural::zero_is_one);

const COMMON: Common = Common {
    skip: "Aller au contenu",
    language: "Langue",
    switch: "Changer de langue",
    ribbon: "Environnement de test\u{a0}: rien n’est réel ici",
    steps_label: "Progression",
    steps: ["Accord", "Téléphone", "Contrôle", "Fin"],
    step_done: "(étape terminée)",
    minutes_left: &[
        ("one", "Il reste {n} minute"),
        ("many", "Il reste {n} de minutes"),
        ("other", "Il reste {n} minutes"),
    ],
    hours_left: &[
        ("one", "Il reste {n} heure"),
        ("many", "Il reste {n} d’heures"),
        ("other", "Il reste {n} heures"),
    ],
    moments_left: "Il reste moins d’une minute",
    time_is_up: "Le temps est écoulé",
    check_now: "Actualiser",
    no_script: "Cette page s’actualise automatiquement toutes les 20 secondes.",
    reconnecting: "Connexion perdue. Reconnexion en cours…",
    cancel: "Annuler la vérification",
    new_tab: "(s’ouvre dans un nouvel onglet)",
    help: |org| format!("Des questions\u{202f}? Écrivez à {org}\u{a0}:"),
};

const CONSENT: Consent = Consent {
    heading: |org| format!("{org} souhaite vérifier votre identité"),
    lead: "Il vous faut votre passeport et un téléphone capable d’en lire la puce. Comptez environ trois minutes. Rien n’est transmis avant votre accord.",
    about: |org| format!("Informations sur {org}"),
    website: "Site web",
    privacy: "Politique de confidentialité",
    terms: "Conditions d’utilisation",
    required: |org| format!("Ce qui est transmis à {org}"),
    required_mark: "Obligatoire",
    optional: "Ce que vous pouvez ajouter",
    optional_lead: |org| {
        format!(
            "{org} aimerait aussi recevoir ces informations, mais elles ne sont pas indispensables."
        )
    },
    says: |org| format!("{org} précise\u{a0}:"),
    added: "Inclus dans toute vérification.",
    not_shared: |org| format!("Ce qui n’est pas transmis à {org}"),
    not_shared_text: |org| {
        format!(
            "La photo de votre passeport, les images de votre visage et tout ce qui n’est pas indiqué ici. Ces données servent uniquement à la vérification et ne sont pas conservées. {org} saura si la vérification a réussi ou non."
        )
    },
    afterwards: "Après la vérification",
    afterwards_text: ["Cette page vous redirigera vers ", "."],
    afterwards_here: "Une fois la vérification terminée, vous pourrez fermer cette page.",
    face: "Votre visage",
    biometric: "J’accepte que mon visage soit comparé à la photo de mon passeport",
    biometric_hint: "Un téléphone filme brièvement votre visage. Il s’agit de données biométriques. Elles servent uniquement à vérifier que le passeport est bien le vôtre et sont supprimées aussitôt après.",
    agree: "Accepter et continuer",
    decline: "Refuser",
    cannot: "Je ne peux pas faire cette vérification",
    cannot_text: "Vous n’avez pas de passeport à puce ou de téléphone compatible, ou vous préférez que votre visage ne soit pas comparé\u{202f}?",
    fallback: |org| format!("Utiliser l’autre solution proposée par {org}"),
    support: |org| format!("Demandez une autre solution à {org}\u{a0}:"),
    nobody: |org| format!("Demandez une autre solution à {org}."),
};

const HANDOFF: Handoff = Handoff {
    heading: "Continuez sur votre téléphone",
    scan: "Scannez ce code avec l’appareil photo de votre téléphone. Votre téléphone lira la puce du passeport et filmera votre visage.",
    qr_alternative: "Code QR qui ouvre cette vérification sur votre téléphone. Le même lien figure à côté sous forme de texte.",
    link_label: "Ou ouvrez ce lien sur votre téléphone",
    copy: "Copier le lien",
    copied: "Lien copié",
    heading_phone: "Continuez dans l’application",
    lead_phone: "L’application lit la puce de votre passeport et filme votre visage. Gardez le passeport à portée de main.",
    open: "Ouvrir l’application",
    other_phone: "Utiliser un autre téléphone",
    next: "Prochaines étapes",
    next_items: [
        "Scannez la page de votre passeport où figure votre photo.",
        "Tenez le téléphone contre le passeport jusqu’à ce que la puce soit lue.",
        "Regardez un instant la caméra.",
    ],
    by_itself: "Cette page passera automatiquement à l’étape suivante dès que la vérification aura commencé sur votre téléphone.",
};

const PROGRESS: Progress = Progress {
    heading_chip: "Lecture de la puce de votre passeport",
    lead_chip: "Suivez les étapes sur votre téléphone. Gardez le passeport bien à plat et le téléphone immobile dessus.",
    heading_face: "Maintenant, votre visage",
    lead_face: "La puce a été lue. Regardez la caméra de votre téléphone et suivez les indications.",
    checks_label: "Étapes sur votre téléphone",
    checks: ["Téléphone connecté", "Puce du passeport", "Visage"],
    states: ["Terminé", "En cours", "À venir"],
    code_label: "Votre téléphone affiche",
    code_hint: "Les quatre mêmes chiffres apparaissent sur le téléphone connecté.",
    release: "Ce n’est pas votre téléphone\u{202f}? Déconnectez-le",
    tries: "Tentatives restantes",
    tries_of: ["Puce du passeport", "Visage"],
    tries_left: [
        "Aucune sur 3",
        "1 sur 3\u{a0}: c’est la dernière",
        "2 sur 3\u{a0}: il vous en reste deux",
        "3 sur 3\u{a0}: aucune n’a été utilisée",
    ],
    failed: "La dernière tentative n’a pas abouti",
};

fn claim(claim: Claim) -> &'static str {
    match claim {
        Claim::DocumentTypeCode => "Type de document",
        Claim::IssuingCountryCode => "Pays de délivrance du document",
        Claim::FamilyName => "Nom de famille",
        Claim::GivenNames => "Prénoms",
        Claim::DocumentNumber => "Numéro du document",
        Claim::NationalityCode => "Nationalité",
        Claim::DateOfBirth => "Date de naissance",
        Claim::SexMarker => "Sexe indiqué sur le document",
        Claim::DocumentExpiryDate => "Date d’expiration du document",
        Claim::MrzOptionalData => {
            "Données facultatives du document, par exemple un numéro personnel"
        }
        Claim::KayleDocumentId => "Un code propre à votre document (Kayle Document ID)",
        Claim::KayleHumanId => "Un code propre à votre personne (Kayle Human ID)",
    }
}

fn hint(claim: Claim) -> Option<&'static str> {
    match claim {
        Claim::KayleDocumentId => Some(
            "Un même document donne toujours le même code. Ce code ne permet pas de retrouver le numéro du document.",
        ),
        Claim::KayleHumanId => Some(
            "Établi à partir de vos nom, date de naissance, sexe et nationalité, pour vous reconnaître même avec un autre document. Ce code ne permet pas de retrouver ces informations.",
        ),
        Claim::MrzOptionalData => Some("Leur contenu varie selon le pays."),
        _ => None,
    }
}

fn age_over(years: u8) -> String {
    format!("Si vous avez {years} ans ou plus, mais pas votre date de naissance")
}

/// How it ends.
const OUTCOME: Outcome = Outcome {
    succeeded: Titled {
        heading: "Votre identité est vérifiée",
        text: "Le passeport est authentique, et c’est bien le vôtre.",
    },
    succeeded_org: |org| {
        format!("{org} reçoit ce que vous avez accepté de transmettre, et rien d’autre.")
    },
    failed: Titled {
        heading: "Votre identité n’a pas pu être vérifiée",
        text: "La vérification n’a pas abouti.",
    },
    failed_again: |org| {
        format!(
            "Aucune information sur vous ou votre document n’a été transmise. {org} peut lancer une nouvelle vérification."
        )
    },
    expired: Titled {
        heading: "Le délai de cette vérification est dépassé",
        text: "Elle n’a pas été terminée à temps. Rien n’a été transmis.",
    },
    expired_again: |org| {
        format!(
            "Si vous souhaitez toujours faire vérifier votre identité, recommencez en passant par {org}."
        )
    },
    cancelled: Titled {
        heading: "Cette vérification a été annulée",
        text: "Il n’est pas possible de la poursuivre.",
    },
    cancelled_by_user: Titled {
        heading: "Vous avez annulé cette vérification",
        text: "Il n’est pas possible de la poursuivre. Plus rien ne sera transmis.",
    },
    cancelled_by_org: |org| {
        (
            format!("{org} a annulé cette vérification"),
            format!(
                "Il n’est pas possible de la poursuivre. Rien n’a été transmis. {org} peut vous en indiquer la raison."
            ),
        )
    },
    go_on: |host| format!("Continuer vers {host}"),
    close: "Vous pouvez maintenant fermer cette page.",
    countdown: &[
        ("one", "Redirection dans {n} seconde."),
        ("many", "Redirection dans {n} de secondes."),
        ("other", "Redirection dans {n} secondes."),
    ],
    pause: "Rester ici",
    resume: "Me rediriger",
    withdrawn: "Vous avez retiré votre accord",
    withdrawn_part: |org| {
        format!(
            "Ce que {org} n’avait pas encore reçu est détruit\u{a0}; seul {org} peut effacer le reste."
        )
    },
    withdraw_heading: "Vous avez changé d’avis\u{202f}?",
    withdraw_text: |org| {
        format!("Vous pouvez retirer votre accord pour ce qui n’est pas encore parvenu à {org}.")
    },
    withdraw_late: |org| {
        format!(
            "{org} a déjà reçu le résultat. Il ne peut pas être repris d’ici, mais {org} peut l’effacer."
        )
    },
    withdraw: "Retirer mon accord",
};

/// What is asked before something final.
const CONFIRM: Confirm = Confirm { question, back: "Retour" };

fn question(question: Question) -> QuestionText {
    match question {
        Question::Cancel => QuestionText {
            heading: "Annuler cette vérification\u{202f}?",
            text: |org| {
                format!(
                    "Rien ne sera transmis à {org}, hormis le fait que vous avez annulé la vérification. Vous ne pourrez pas la reprendre ensuite\u{202f}; {org} devra en lancer une nouvelle."
                )
            },
            yes: "Oui, l’annuler",
        },
        Question::Withdraw => QuestionText {
            heading: "Retirer votre accord pour cette vérification\u{202f}?",
            text: |org| {
                format!(
                    "Ce qui n’a pas encore été remis à {org} sera détruit et ne sera jamais envoyé. Ce qui est déjà parvenu à {org} ne peut pas être retiré depuis cette page\u{a0}: demandez à {org} de le supprimer."
                )
            },
            yes: "Oui, retirer mon accord",
        },
        Question::Release => QuestionText {
            heading: "Déconnecter le téléphone\u{202f}?",
            text: |_| {
                "Le téléphone connecté ne pourra plus continuer. Vous pourrez ensuite en connecter un autre. Les tentatives déjà utilisées restent décomptées."
                    .to_owned()
            },
            yes: "Oui, le déconnecter",
        },
    }
}

/// Messages carried in the address.
const NOTICES: Notices = Notices { text: notice };

fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::BiometricRequired => {
            "Pour continuer, cochez la case sous «\u{a0}Votre visage\u{a0}». Sans cette comparaison, la vérification n’est pas possible."
        }
        Notice::SelectionIncomplete => {
            "Il manquait un élément obligatoire dans votre sélection. Veuillez donner à nouveau votre accord."
        }
        Notice::ConsentFrozen => {
            "La vérification a déjà commencé sur un téléphone\u{a0}: vous ne pouvez plus modifier ce que vous avez accepté."
        }
        Notice::Released => "Le téléphone est déconnecté. Vous pouvez en connecter un autre.",
        Notice::Simulating => "Le téléphone simulé a démarré. Cette page le suit.",
        Notice::Changed => {
            "Cette action n’était plus possible. Cette page affiche la situation actuelle."
        }
        Notice::TooMany => "Trop de demandes. Veuillez patienter une minute, puis réessayer.",
        Notice::Trouble => {
            "Un problème est survenu de notre côté. Rien n’a été modifié. Veuillez réessayer."
        }
    }
}

/// What testers read.
const SANDBOX: Sandbox = Sandbox {
    heading: "Environnement de test\u{a0}: jouer le téléphone",
    text: "Choisissez ce que le téléphone simulé fait de cette session, et observez cette page.",
    scenario: "Ce qui se passe",
    scenarios: [
        "Tout réussit",
        "La puce n’est pas authentique, trois fois",
        "Personne n’est vu devant la caméra, trois fois",
        "Le visage est celui de quelqu’un d’autre, trois fois",
        "La puce est une copie\u{a0}: fin immédiate",
        "Le téléphone se connecte, puis ne fait rien",
    ],
    start: "Démarrer le téléphone",
    command_line: "En ligne de commande",
    terminal: "L’environnement de test comprend un téléphone simulé. Dans un terminal configuré avec les paramètres de ce serveur\u{a0}:",
};

/// What is in the way.
const PROBLEMS: Problems = Problems {
    text: problem,
    app: Titled {
        heading: "Ouvrez ce lien sur un téléphone équipé de l’application",
        text: "Cette étape nécessite l’application mobile, qui lit la puce du passeport et filme votre visage. Installez l’application, puis scannez le code ou ouvrez le lien à nouveau.",
    },
};

fn problem(problem: Problem) -> Titled {
    let (heading, text) = match problem {
        Problem::NotFound => (
            "Cette vérification n’existe pas",
            "Elle a peut-être été supprimée. Vérifiez le lien ou demandez-en un nouveau à la personne qui vous l’a envoyé.",
        ),
        Problem::Malformed => (
            "Ce lien est incomplet",
            "Une partie de l’adresse manque ou comporte une erreur. Ouvrez à nouveau le lien exactement tel que vous l’avez reçu.",
        ),
        Problem::OpenOriginal => (
            "Veuillez ouvrir votre lien d’origine",
            "Cette vérification a été commencée dans un autre navigateur. Ouvrez-y le lien que vous avez reçu, ou ouvrez-le à nouveau ici.",
        ),
        Problem::WrongLink => (
            "Ce lien ne correspond pas à cette vérification",
            "La clé contenue dans le lien n’est pas la bonne. Ouvrez à nouveau le lien exactement tel que vous l’avez reçu.",
        ),
        Problem::Forged => (
            "Cette demande ne provient pas de notre page",
            "Pour votre sécurité, rien n’a été modifié. Revenez à la page de vérification et réessayez depuis celle-ci.",
        ),
        Problem::Method => (
            "Il n’y a rien à voir à cette adresse",
            "Elle ne sert qu’à recevoir des formulaires. Revenez à la page de vérification pour continuer.",
        ),
        Problem::BadForm => (
            "Le formulaire n’a pas pu être lu",
            "Rien n’a été modifié. Revenez en arrière, rechargez la page et réessayez.",
        ),
        Problem::TooMany => {
            ("Trop de demandes", "Veuillez patienter une minute, puis recharger cette page.")
        }
        Problem::Trouble => (
            "Un problème est survenu de notre côté",
            "Rien n’a été modifié. Veuillez réessayer dans un instant.",
        ),
    };
    Titled { heading, text }
}

/// The words for one failure.
fn failure(code: FailureCode) -> FailureText {
    match code {
        FailureCode::DocumentAuthenticityFailed => FailureText {
            what: "L’authenticité des données de la puce n’a pas pu être confirmée.",
            next: "Vérifiez qu’il s’agit du bon passeport et lisez à nouveau la puce.",
            end: "Il n’a pas été possible de confirmer que les données de la puce proviennent d’un État. Si votre passeport est authentique, il se peut que le pays qui l’a délivré ne soit pas encore pris en charge.",
        },
        FailureCode::DocumentActiveAuthenticationFailed => FailureText {
            what: "La puce n’a pas prouvé qu’elle était bien l’original.",
            next: "Gardez le téléphone immobile sur le passeport et lisez à nouveau la puce.",
            end: "La puce n’a pas prouvé qu’elle était bien l’original et non une copie.",
        },
        FailureCode::DocumentChipAuthenticationFailed => FailureText {
            what: "La connexion sécurisée avec la puce a échoué.",
            next: "Retirez le téléphone de sa coque, gardez-le immobile et lisez à nouveau la puce.",
            end: "La puce n’a pas pu prouver, par une connexion sécurisée, qu’elle était bien l’original.",
        },
        FailureCode::DocumentAntiCloningAttestationFailed => FailureText {
            what: "Le contrôle de protection contre la copie des puces n’a pas été concluant.",
            next: "Il n’est pas possible de réessayer ici.",
            end: "Le contrôle de protection contre la copie des puces n’a pas été concluant. Par sécurité, il n’est pas possible de réessayer ici.",
        },
        FailureCode::DocumentDataInvalid => FailureText {
            what: "Les données de la puce n’ont pas pu être lues.",
            next: "Vérifiez que le document est bien un passeport portant le symbole de la puce, puis réessayez.",
            end: "Les données de la puce n’ont pas pu être lues comme celles d’un passeport.",
        },
        FailureCode::LivenessFailed => FailureText {
            what: "Nous n’avons pas pu nous assurer qu’une personne se trouve bien devant la caméra.",
            next: "Choisissez un éclairage uniforme, retirez vos lunettes de soleil ou votre masque, tenez le téléphone à hauteur des yeux et réessayez.",
            end: "Nous n’avons pas pu nous assurer qu’une personne se trouvait bien devant la caméra.",
        },
        FailureCode::SelfieFaceMismatch => FailureText {
            what: "Votre visage n’a pas été reconnu comme celui du passeport.",
            next: "Assurez-vous qu’il s’agit bien de votre passeport. Placez-vous face à la caméra, sous un éclairage uniforme, et réessayez.",
            end: "Le visage filmé n’a pas été reconnu comme celui du passeport.",
        },
    }
}
