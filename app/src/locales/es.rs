//! Spanish.

use kayle_domain::FailureCode;
use kayle_domain::share::Claim;

use super::{
    Catalogue, Claims, Common, Confirm, Consent, FailureText, Handoff, Messages, Notices, Outcome,
    Problems, Progress, QuestionText, Sandbox, Titled, catalogue, plural,
};
use crate::page::{Notice, Problem, Question};

/// The Spanish catalogue.
pub(super) static CATALOGUE: Catalogue =
    catalogue!("es", "Español", "ltr", plural::one_many_or_other);

const COMMON: Common = Common {
    skip: "Ir al contenido",
    language: "Idioma",
    switch: "Cambiar idioma",
    ribbon: "Entorno de pruebas: nada de esto es real",
    steps_label: "Progreso",
    steps: ["Aceptar", "Teléfono", "Comprobar", "Listo"],
    step_done: "(completado)",
    minutes_left: &[
        ("one", "Queda {n} minuto"),
        ("many", "Quedan {n} de minutos"),
        ("other", "Quedan {n} minutos"),
    ],
    hours_left: &[
        ("one", "Queda {n} hora"),
        ("many", "Quedan {n} de horas"),
        ("other", "Quedan {n} horas"),
    ],
    moments_left: "Queda menos de un minuto",
    time_is_up: "Se ha agotado el tiempo",
    check_now: "Actualizar ahora",
    no_script: "Esta página se actualiza sola cada 20 segundos.",
    reconnecting: "Se ha perdido la conexión. Reconectando…",
    cancel: "Cancelar la verificación",
    new_tab: "(se abre en una pestaña nueva)",
    help: |org| format!("¿Tiene preguntas? Escriba a {org}:"),
};

const CONSENT: Consent = Consent {
    heading: |org| format!("{org} le pide que verifique su identidad"),
    lead: "Necesita su pasaporte y un teléfono que pueda leer el chip. Le llevará unos tres minutos. No se comparte nada antes de que usted acepte.",
    about: |org| format!("Acerca de {org}"),
    website: "Sitio web",
    privacy: "Aviso de privacidad",
    terms: "Términos y condiciones",
    required: |org| format!("Lo que recibe {org}"),
    required_mark: "Obligatorio",
    optional: "Lo que puede añadir",
    optional_lead: |org| {
        format!("A {org} también le gustaría recibir estos datos, pero no son imprescindibles.")
    },
    says: |org| format!("{org} explica:"),
    added: "Forma parte de toda verificación.",
    not_shared: |org| format!("Lo que no recibe {org}"),
    not_shared_text: |org| {
        format!(
            "La foto de su pasaporte, las imágenes de su rostro y todo lo que no se indica aquí. Esos datos se usan únicamente para la verificación y no se conservan. {org} sabrá si la verificación se ha superado o no."
        )
    },
    afterwards: "Después de la verificación",
    afterwards_text: ["Esta página le llevará a ", "."],
    afterwards_here: "Cuando termine, podrá cerrar esta página.",
    face: "Su rostro",
    biometric: "Acepto que se compare mi rostro con la foto de mi pasaporte",
    biometric_hint: "Un teléfono graba su rostro durante unos instantes. Se trata de datos biométricos. Solo se usan para comprobar que el pasaporte es suyo y se eliminan inmediatamente después.",
    agree: "Aceptar y continuar",
    decline: "Rechazar",
    cannot: "No puedo hacer esta verificación",
    cannot_text: "¿No tiene un pasaporte con chip o un teléfono compatible? ¿O prefiere que no se compare su rostro?",
    fallback: |org| format!("Usar la otra opción que ofrece {org}"),
    support: |org| format!("Pida otra opción a {org}:"),
    nobody: |org| format!("Pida otra opción a {org}."),
};

const HANDOFF: Handoff = Handoff {
    heading: "Continúe en su teléfono",
    scan: "Enfoque este código con la cámara de su teléfono. El teléfono leerá el chip del pasaporte y grabará su rostro.",
    qr_alternative: "Código QR que abre esta verificación en su teléfono. El mismo enlace aparece al lado en forma de texto.",
    link_label: "O abra este enlace en su teléfono",
    copy: "Copiar enlace",
    copied: "Copiado",
    heading_phone: "Continúe en la aplicación",
    lead_phone: "La aplicación lee el chip de su pasaporte y graba su rostro. Tenga el pasaporte a mano.",
    open: "Abrir la aplicación",
    other_phone: "Usar otro teléfono",
    next: "Próximos pasos",
    next_items: [
        "Escanee la página del pasaporte en la que aparece su foto.",
        "Mantenga el teléfono pegado al pasaporte hasta que se lea el chip.",
        "Mire un momento a la cámara.",
    ],
    by_itself: "Esta página avanzará sola en cuanto la verificación empiece en su teléfono.",
};

const PROGRESS: Progress = Progress {
    heading_chip: "Lea el chip de su pasaporte",
    lead_chip: "Siga los pasos en su teléfono. Mantenga el pasaporte bien plano y el teléfono quieto encima.",
    heading_face: "Ahora, su rostro",
    lead_face: "El chip ya se ha leído. Mire a la cámara de su teléfono y siga las indicaciones.",
    checks_label: "Pasos en su teléfono",
    checks: ["Teléfono conectado", "Chip del pasaporte", "Rostro"],
    states: ["Hecho", "En curso", "Pendiente"],
    code_label: "Su teléfono muestra",
    code_hint: "En el teléfono conectado aparecen las mismas cuatro cifras.",
    release: "¿No es su teléfono? Desconéctelo",
    tries: "Intentos restantes",
    tries_of: ["Chip del pasaporte", "Rostro"],
    tries_left: [
        "Ninguno de los 3",
        "1 de 3: es el último",
        "2 de 3: quedan dos",
        "3 de 3: quedan los tres",
    ],
    failed: "El último intento no ha funcionado",
};

fn claim(claim: Claim) -> &'static str {
    match claim {
        Claim::DocumentTypeCode => "Tipo de documento",
        Claim::IssuingCountryCode => "País que expidió el documento",
        Claim::FamilyName => "Apellidos",
        Claim::GivenNames => "Nombre",
        Claim::DocumentNumber => "Número del documento",
        Claim::NationalityCode => "Nacionalidad",
        Claim::DateOfBirth => "Fecha de nacimiento",
        Claim::SexMarker => "Sexo que figura en el documento",
        Claim::DocumentExpiryDate => "Fecha de caducidad del documento",
        Claim::MrzOptionalData => "Datos opcionales del documento, por ejemplo, un número personal",
        Claim::KayleDocumentId => "Un código vinculado a su documento (Kayle Document ID)",
        Claim::KayleHumanId => "Un código vinculado a usted (Kayle Human ID)",
    }
}

fn hint(claim: Claim) -> Option<&'static str> {
    match claim {
        Claim::KayleDocumentId => Some(
            "Un mismo documento da siempre el mismo código. Con este código no se puede averiguar el número del documento.",
        ),
        Claim::KayleHumanId => Some(
            "Se obtiene a partir de su nombre, fecha de nacimiento, sexo y nacionalidad, para reconocerle aunque use otro documento. Con este código no se pueden averiguar esos datos.",
        ),
        Claim::MrzOptionalData => Some("Su contenido depende del país."),
        _ => None,
    }
}

fn age_over(years: u8) -> String {
    format!("Si tiene {years} años o más, pero no su fecha de nacimiento")
}

/// How it ends.
const OUTCOME: Outcome = Outcome {
    succeeded: Titled {
        heading: "Su identidad ha quedado verificada",
        text: "El pasaporte es auténtico y es suyo.",
    },
    succeeded_org: |org| format!("{org} recibe lo que usted aceptó compartir y nada más."),
    failed: Titled {
        heading: "No se ha podido verificar su identidad",
        text: "La verificación no se ha superado.",
    },
    failed_again: |org| {
        format!(
            "No se ha compartido ningún dato sobre usted ni sobre su documento. {org} puede iniciar una nueva verificación."
        )
    },
    expired: Titled {
        heading: "El plazo de esta verificación ha terminado",
        text: "No se completó a tiempo. No se ha compartido nada.",
    },
    expired_again: |org| {
        format!("Si todavía quiere verificar su identidad, vuelva a iniciar el proceso con {org}.")
    },
    cancelled: Titled {
        heading: "Esta verificación se ha cancelado",
        text: "No es posible continuarla.",
    },
    cancelled_by_user: Titled {
        heading: "Usted ha cancelado esta verificación",
        text: "No es posible continuarla. No se compartirá nada más.",
    },
    cancelled_by_org: |org| {
        (
            format!("{org} ha cancelado esta verificación"),
            format!(
                "No es posible continuarla. No se ha compartido nada. {org} puede explicarle el motivo."
            ),
        )
    },
    go_on: |host| format!("Continuar en {host}"),
    close: "Ya puede cerrar esta página.",
    countdown: &[
        ("one", "Se le redirigirá en {n} segundo."),
        ("many", "Se le redirigirá en {n} de segundos."),
        ("other", "Se le redirigirá en {n} segundos."),
    ],
    pause: "Quedarme aquí",
    resume: "Redirigirme",
    withdrawn: "Ha retirado su consentimiento",
    withdrawn_part: |org| {
        format!(
            "Lo que {org} aún no había recibido se ha destruido; el resto solo puede borrarlo {org}."
        )
    },
    withdraw_heading: "¿Ha cambiado de opinión?",
    withdraw_text: |org| {
        format!("Puede retirar su consentimiento para lo que aún no haya llegado a {org}.")
    },
    withdraw_late: |org| {
        format!(
            "{org} ya ha recibido el resultado. No se puede recuperar desde aquí, pero {org} puede borrarlo."
        )
    },
    withdraw: "Retirar mi consentimiento",
};

/// What is asked before something final.
const CONFIRM: Confirm = Confirm { question, back: "Volver" };

fn question(question: Question) -> QuestionText {
    match question {
        Question::Cancel => QuestionText {
            heading: "¿Cancelar esta verificación?",
            text: |org| {
                format!(
                    "No se compartirá nada con {org}, salvo el hecho de que usted ha cancelado. Después no podrá continuar; {org} tendría que iniciar una nueva verificación."
                )
            },
            yes: "Sí, cancelarla",
        },
        Question::Withdraw => QuestionText {
            heading: "¿Retirar su consentimiento para esta verificación?",
            text: |org| {
                format!(
                    "Lo que aún no se haya entregado a {org} se destruirá y no se enviará nunca. Lo que {org} ya haya recibido no se puede retirar desde aquí: pida a {org} que lo elimine."
                )
            },
            yes: "Sí, retirar mi consentimiento",
        },
        Question::Release => QuestionText {
            heading: "¿Desconectar el teléfono?",
            text: |_| {
                "El teléfono conectado ya no podrá continuar. Después podrá conectar otro. Los intentos ya utilizados no se recuperan."
                    .to_owned()
            },
            yes: "Sí, desconectarlo",
        },
    }
}

/// Messages carried in the address.
const NOTICES: Notices = Notices { text: notice };

fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::BiometricRequired => {
            "Para continuar, marque la casilla del apartado «Su rostro». Sin esa comparación no es posible hacer la verificación."
        }
        Notice::SelectionIncomplete => {
            "En su selección faltaba algo obligatorio. Vuelva a dar su consentimiento."
        }
        Notice::ConsentFrozen => {
            "La verificación ya ha empezado en un teléfono, por lo que ya no se puede cambiar lo que aceptó."
        }
        Notice::Released => "El teléfono está desconectado. Puede conectar otro.",
        Notice::Simulating => "El teléfono simulado se ha iniciado. Esta página lo sigue.",
        Notice::Changed => "Esa acción ya no era posible. Esta página muestra la situación actual.",
        Notice::TooMany => "Demasiadas solicitudes. Espere un minuto y vuelva a intentarlo.",
        Notice::Trouble => {
            "Se ha producido un problema por nuestra parte. No se ha cambiado nada. Vuelva a intentarlo."
        }
    }
}

/// What testers read.
const SANDBOX: Sandbox = Sandbox {
    heading: "Entorno de pruebas: haga de teléfono",
    text: "Elija qué hace el teléfono simulado con esta sesión y observe esta página.",
    scenario: "Qué ocurre",
    scenarios: [
        "Todo sale bien",
        "El chip no es auténtico, tres veces",
        "No se ve a nadie ante la cámara, tres veces",
        "La cara es de otra persona, tres veces",
        "El chip es una copia: termina de inmediato",
        "El teléfono se conecta y después no hace nada",
    ],
    start: "Iniciar el teléfono",
    command_line: "Desde la línea de comandos",
    terminal: "El entorno de pruebas incluye un teléfono simulado. En un terminal con la configuración de este servidor:",
};

/// What is in the way.
const PROBLEMS: Problems = Problems {
    text: problem,
    app: Titled {
        heading: "Abra este enlace en un teléfono que tenga la aplicación",
        text: "Este paso requiere la aplicación móvil, que lee el chip del pasaporte y graba su rostro. Instale la aplicación y vuelva a escanear el código o a abrir el enlace.",
    },
};

fn problem(problem: Problem) -> Titled {
    let (heading, text) = match problem {
        Problem::NotFound => (
            "Esta verificación no existe",
            "Es posible que se haya eliminado. Revise el enlace o pida uno nuevo a quien se lo envió.",
        ),
        Problem::Malformed => (
            "Este enlace está incompleto",
            "Falta una parte de la dirección o hay un error en ella. Vuelva a abrir el enlace exactamente como lo recibió.",
        ),
        Problem::OpenOriginal => (
            "Abra el enlace original",
            "Esta verificación se inició en otro navegador. Abra en él el enlace que recibió o vuelva a abrirlo aquí.",
        ),
        Problem::WrongLink => (
            "Este enlace no corresponde a esta verificación",
            "La clave del enlace no es la correcta. Vuelva a abrir el enlace exactamente como lo recibió.",
        ),
        Problem::Forged => (
            "Esta solicitud no procede de nuestra página",
            "Por su seguridad, no se ha cambiado nada. Vuelva a la página de verificación e inténtelo desde allí.",
        ),
        Problem::Method => (
            "No hay nada que ver en esta dirección",
            "Solo sirve para recibir formularios. Vuelva a la página de verificación y continúe desde allí.",
        ),
        Problem::BadForm => (
            "No se ha podido leer el formulario",
            "No se ha cambiado nada. Vuelva atrás, recargue la página e inténtelo de nuevo.",
        ),
        Problem::TooMany => ("Demasiadas solicitudes", "Espere un minuto y recargue esta página."),
        Problem::Trouble => (
            "Se ha producido un problema por nuestra parte",
            "No se ha cambiado nada. Vuelva a intentarlo dentro de un momento.",
        ),
    };
    Titled { heading, text }
}

/// The words for one failure.
fn failure(code: FailureCode) -> FailureText {
    match code {
        FailureCode::DocumentAuthenticityFailed => FailureText {
            what: "No se ha podido confirmar que los datos del chip sean auténticos.",
            next: "Compruebe que es el pasaporte correcto y vuelva a leer el chip.",
            end: "No se ha podido confirmar que los datos del chip procedan de un Estado. Si su pasaporte es auténtico, es posible que el país que lo expidió aún no esté admitido.",
        },
        FailureCode::DocumentActiveAuthenticationFailed => FailureText {
            what: "El chip no ha demostrado ser el original.",
            next: "Mantenga el teléfono quieto sobre el pasaporte y vuelva a leer el chip.",
            end: "El chip no ha demostrado ser el original y no una copia.",
        },
        FailureCode::DocumentChipAuthenticationFailed => FailureText {
            what: "La conexión segura con el chip ha fallado.",
            next: "Quite la funda del teléfono, no lo mueva y vuelva a leer el chip.",
            end: "El chip no ha podido demostrar mediante una conexión segura que es el original.",
        },
        FailureCode::DocumentAntiCloningAttestationFailed => FailureText {
            what: "No se ha superado el control de protección contra chips copiados.",
            next: "Aquí no es posible volver a intentarlo.",
            end: "No se ha superado el control de protección contra chips copiados. Por seguridad, aquí no es posible volver a intentarlo.",
        },
        FailureCode::DocumentDataInvalid => FailureText {
            what: "No se han podido leer los datos del chip.",
            next: "Compruebe que el documento es un pasaporte con el símbolo del chip y vuelva a intentarlo.",
            end: "Los datos del chip no se han podido leer como los de un pasaporte.",
        },
        FailureCode::LivenessFailed => FailureText {
            what: "No hemos podido comprobar con claridad que haya una persona ante la cámara.",
            next: "Busque una luz uniforme, quítese las gafas de sol o la mascarilla, sostenga el teléfono a la altura de los ojos y vuelva a intentarlo.",
            end: "No hemos podido comprobar con claridad que hubiera una persona ante la cámara.",
        },
        FailureCode::SelfieFaceMismatch => FailureText {
            what: "Su rostro no se ha reconocido como el del pasaporte.",
            next: "Compruebe que se trata de su propio pasaporte. Mire de frente a la cámara con una luz uniforme y vuelva a intentarlo.",
            end: "El rostro que estaba ante la cámara no se ha reconocido como el del pasaporte.",
        },
    }
}
