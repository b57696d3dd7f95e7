//! Portuguese.

use kayle_domain::FailureCode;
use kayle_domain::share::Claim;

use super::{
    Catalogue, Claims, Common, Confirm, Consent, FailureText, Handoff, Messages, Notices, Outcome,
    Problems, Progress, QuestionText, Sandbox, Titled, catalogue, plural,
};
use crate::page::{Notice, Problem, Question};

/// The Portuguese catalogue.
pub(super) static CATALOGUE: Catalogue = catalogue!("pt", "Português", "ltr", plural::zero_is_one);

const COMMON: Common = Common {
    skip: "Ir para o conteúdo",
    language: "Idioma",
    switch: "Mudar de idioma",
    ribbon: "Ambiente de testes: nada aqui é real",
    steps_label: "Progresso",
    steps: ["Aceitar", "Telefone", "Verificação", "Fim"],
    step_done: "(concluído)",
    minutes_left: &[
        ("one", "Resta {n} minuto"),
        ("many", "Restam {n} de minutos"),
        ("other", "Restam {n} minutos"),
    ],
    hours_left: &[
        ("one", "Resta {n} hora"),
        ("many", "Restam {n} de horas"),
        ("other", "Restam {n} horas"),
    ],
    moments_left: "Resta menos de um minuto",
    time_is_up: "O tempo acabou",
    check_now: "Atualizar agora",
    no_script: "Esta página é atualizada automaticamente a cada 20 segundos.",
    reconnecting: "Conexão perdida. Nova tentativa em curso…",
    cancel: "Cancelar a verificação",
    new_tab: "(abre em nova página)",
    help: |org| format!("Dúvidas? Escreva para {org}:"),
};

const CONSENT: Consent = Consent {
    heading: |org| format!("{org} pede para verificar a sua identidade"),
    lead: "Tenha à mão o seu passaporte e um telefone que consiga ler o chip dele. Leva cerca de três minutos. Nada é transmitido sem o seu consentimento.",
    about: |org| format!("Sobre {org}"),
    website: "Site",
    privacy: "Aviso de privacidade",
    terms: "Termos e condições",
    required: |org| format!("O que {org} recebe"),
    required_mark: "Obrigatório",
    optional: "O que pode acrescentar",
    optional_lead: |org| {
        format!("{org} também gostaria de receber estes dados. A verificação funciona sem eles.")
    },
    says: |org| format!("{org} explica:"),
    added: "Faz parte de todas as verificações.",
    not_shared: |org| format!("O que {org} não recebe"),
    not_shared_text: |org| {
        format!(
            "A foto do seu passaporte, as imagens do seu rosto e tudo o que não está indicado aqui. Esses dados servem apenas para a verificação e não são guardados. {org} recebe a informação de que a verificação foi ou não bem-sucedida."
        )
    },
    afterwards: "Depois",
    afterwards_text: ["No fim, continua em ", "."],
    afterwards_here: "Quando terminar, pode fechar esta página.",
    face: "O seu rosto",
    biometric: "Aceito que o meu rosto seja comparado com a foto do meu passaporte",
    biometric_hint: "Um telefone filma o seu rosto por um momento. Estas imagens são dados biométricos. Servem apenas para confirmar que o passaporte é seu e são apagadas logo depois.",
    agree: "Aceitar e continuar",
    decline: "Recusar",
    cannot: "Não posso fazer isto",
    cannot_text: "Não tem um passaporte com chip ou um telefone adequado? Ou prefere que o seu rosto não seja comparado?",
    fallback: |org| format!("Usar a alternativa que {org} oferece"),
    support: |org| format!("Peça uma alternativa a {org}:"),
    nobody: |org| format!("Peça uma alternativa a {org}."),
};

const HANDOFF: Handoff = Handoff {
    heading: "Continue no seu telefone",
    scan: "Aponte a câmera do telefone para este código. O telefone lê o chip do passaporte e filma o seu rosto.",
    qr_alternative: "Código QR que abre esta verificação no seu telefone. O mesmo link aparece ao lado, em texto.",
    link_label: "Ou abra este link no seu telefone",
    copy: "Copiar link",
    copied: "Copiado",
    heading_phone: "Continue na aplicação",
    lead_phone: "A aplicação lê o chip do passaporte e filma o seu rosto. Tenha o passaporte à mão.",
    open: "Abrir a aplicação",
    other_phone: "Usar outro telefone",
    next: "O que acontece a seguir",
    next_items: [
        "Digitalize a página do passaporte que tem a foto.",
        "Mantenha o telefone sobre o passaporte até o chip ser lido.",
        "Olhe para a câmera por um momento.",
    ],
    by_itself: "Esta página avança automaticamente assim que o telefone começar.",
};

const PROGRESS: Progress = Progress {
    heading_chip: "Leia o chip do passaporte",
    lead_chip: "Siga os passos no telefone. Mantenha o passaporte numa superfície plana e o telefone imóvel em cima dele.",
    heading_face: "Agora, o seu rosto",
    lead_face: "O chip foi lido. Olhe para a câmera do telefone e siga as instruções.",
    checks_label: "Passos no telefone",
    checks: ["Telefone conectado", "Chip do passaporte", "Rosto"],
    states: ["Concluído", "Agora", "A seguir"],
    code_label: "O seu telefone mostra",
    code_hint: "Os mesmos quatro dígitos aparecem no telefone conectado.",
    release: "Não é o seu telefone? Desconecte-o",
    tries: "Tentativas restantes",
    tries_of: ["Chip do passaporte", "Rosto"],
    tries_left: [
        "0 de 3: não resta nenhuma",
        "1 de 3: esta é a última",
        "2 de 3: restam duas",
        "3 de 3: restam as três",
    ],
    failed: "A tentativa anterior não funcionou",
};

fn claim(claim: Claim) -> &'static str {
    match claim {
        Claim::DocumentTypeCode => "Tipo de documento",
        Claim::IssuingCountryCode => "País que emitiu o documento",
        Claim::FamilyName => "Nome de família",
        Claim::GivenNames => "Nomes próprios",
        Claim::DocumentNumber => "Número do documento",
        Claim::NationalityCode => "Nacionalidade",
        Claim::DateOfBirth => "Data de nascimento",
        Claim::SexMarker => "Sexo indicado no documento",
        Claim::DocumentExpiryDate => "Data de validade do documento",
        Claim::MrzOptionalData => "Dados opcionais do documento, como um número pessoal",
        Claim::KayleDocumentId => "Um código associado ao seu documento (Kayle Document ID)",
        Claim::KayleHumanId => "Um código associado à sua pessoa (Kayle Human ID)",
    }
}

fn hint(claim: Claim) -> Option<&'static str> {
    match claim {
        Claim::KayleDocumentId => Some(
            "O mesmo documento dá sempre o mesmo código. Não é possível obter dele o número do documento.",
        ),
        Claim::KayleHumanId => Some(
            "Criado a partir do seu nome, data de nascimento, sexo e nacionalidade, para permitir o seu reconhecimento com outro documento. Não é possível obter dele esses dados.",
        ),
        Claim::MrzOptionalData => Some("O conteúdo depende do país."),
        _ => None,
    }
}

fn age_over(years: u8) -> String {
    format!("Se tem {years} anos ou mais — não a sua data de nascimento")
}

/// How it ends.
const OUTCOME: Outcome = Outcome {
    succeeded: Titled {
        heading: "A sua identidade foi verificada",
        text: "O passaporte é autêntico e é seu.",
    },
    succeeded_org: |org| format!("{org} recebe o que aceitou transmitir e nada mais."),
    failed: Titled {
        heading: "Não foi possível verificar a sua identidade",
        text: "A verificação não foi bem-sucedida.",
    },
    failed_again: |org| {
        format!(
            "Nenhum dado sobre a sua pessoa ou o seu documento foi transmitido. {org} pode iniciar uma nova verificação."
        )
    },
    expired: Titled {
        heading: "O prazo desta verificação terminou",
        text: "Ela não foi concluída a tempo. Nada foi transmitido.",
    },
    expired_again: |org| format!("Se ainda quiser fazer a verificação, comece de novo em {org}."),
    cancelled: Titled {
        heading: "Esta verificação foi cancelada",
        text: "Já não é possível continuar.",
    },
    cancelled_by_user: Titled {
        heading: "Esta verificação foi cancelada a seu pedido",
        text: "Já não é possível continuar. Nada mais é transmitido.",
    },
    cancelled_by_org: |org| {
        (
            format!("{org} cancelou esta verificação"),
            format!(
                "Já não é possível continuar. Nada foi transmitido. {org} pode explicar o motivo."
            ),
        )
    },
    go_on: |host| format!("Continuar para {host}"),
    close: "Já pode fechar esta página.",
    countdown: &[
        ("one", "A próxima página abre em {n} segundo."),
        ("many", "A próxima página abre em {n} de segundos."),
        ("other", "A próxima página abre em {n} segundos."),
    ],
    pause: "Ficar aqui",
    resume: "Avançar",
    withdrawn: "Você retirou os seus dados",
    withdrawn_part: |org| {
        format!("O que {org} ainda não tinha recebido foi destruído; o resto só {org} pode apagar.")
    },
    withdraw_heading: "Mudou de ideia?",
    withdraw_text: |org| format!("Pode retirar os dados que ainda não chegaram a {org}."),
    withdraw_late: |org| {
        format!(
            "{org} já recebeu o resultado. Daqui não é possível recuperá-lo, mas {org} pode apagá-lo."
        )
    },
    withdraw: "Retirar os dados",
};

/// What is asked before something final.
const CONFIRM: Confirm = Confirm { question, back: "Voltar" };

fn question(question: Question) -> QuestionText {
    match question {
        Question::Cancel => QuestionText {
            heading: "Cancelar esta verificação?",
            text: |org| {
                format!(
                    "Nada é transmitido a {org}, exceto a informação do cancelamento. Depois, não é possível continuar: {org} teria de iniciar uma nova verificação."
                )
            },
            yes: "Sim, cancelar",
        },
        Question::Withdraw => QuestionText {
            heading: "Retirar os dados desta verificação?",
            text: |org| {
                format!(
                    "Os dados que ainda não foram entregues a {org} são destruídos e nunca serão enviados. O que {org} já recebeu não pode ser retirado por aqui: peça a {org} que apague esses dados."
                )
            },
            yes: "Sim, retirar",
        },
        Question::Release => QuestionText {
            heading: "Desconectar o telefone?",
            text: |_| {
                "O telefone conectado já não poderá continuar. Depois, pode conectar outro. As tentativas já usadas não são repostas."
                    .to_owned()
            },
            yes: "Sim, desconectar",
        },
    }
}

/// Messages carried in the address.
const NOTICES: Notices = Notices { text: notice };

fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::BiometricRequired => {
            "Para continuar, marque a caixa em “O seu rosto”. Sem a comparação, esta verificação não é possível."
        }
        Notice::SelectionIncomplete => {
            "Faltava um dado obrigatório na sua seleção. Aceite novamente, por favor."
        }
        Notice::ConsentFrozen => {
            "Um telefone já começou a verificação; por isso, deixou de ser possível alterar o que aceitou."
        }
        Notice::Released => "O telefone foi desconectado. Pode conectar outro.",
        Notice::Simulating => "O telefone simulado foi iniciado. Esta página o acompanha.",
        Notice::Changed => "Isso já não era possível. Esta página mostra a situação atual.",
        Notice::TooMany => "Excesso de pedidos. Aguarde um minuto e tente novamente.",
        Notice::Trouble => {
            "Ocorreu um erro do nosso lado. Nada foi alterado. Tente novamente, por favor."
        }
    }
}

/// What testers read.
const SANDBOX: Sandbox = Sandbox {
    heading: "Ambiente de testes: faça o papel do telefone",
    text: "Escolha o que o telefone simulado faz com esta sessão e observe esta página.",
    scenario: "O que acontece",
    scenarios: [
        "Tudo dá certo",
        "O chip não é autêntico, três vezes",
        "Não se vê ninguém diante da câmera, três vezes",
        "O rosto é de outra pessoa, três vezes",
        "O chip é uma cópia: termina na hora",
        "O telefone se conecta e depois não faz nada",
    ],
    start: "Iniciar o telefone",
    command_line: "Na linha de comandos",
    terminal: "O ambiente de testes tem um telefone simulado. No terminal, com as configurações deste servidor:",
};

/// What is in the way.
const PROBLEMS: Problems = Problems {
    text: problem,
    app: Titled {
        heading: "Abra este link num telefone com a aplicação",
        text: "Este passo exige a aplicação para telefone: é ela que lê o chip do passaporte e filma o seu rosto. Instale a aplicação e, depois, leia o código ou abra o link novamente.",
    },
};

fn problem(problem: Problem) -> Titled {
    let (heading, text) = match problem {
        Problem::NotFound => (
            "Esta verificação não existe",
            "Pode ter sido apagada. Confira o link ou peça um novo a quem o enviou.",
        ),
        Problem::Malformed => (
            "Este link está incompleto",
            "Falta uma parte do endereço ou há nele um erro de digitação. Abra o link novamente, exatamente como o recebeu.",
        ),
        Problem::OpenOriginal => (
            "Abra o seu link original, por favor",
            "Esta verificação foi iniciada em outro navegador. Abra nele o link que recebeu ou abra-o aqui mais uma vez.",
        ),
        Problem::WrongLink => (
            "Este link não corresponde a esta verificação",
            "A chave contida no link não é a correta. Abra o link novamente, exatamente como o recebeu.",
        ),
        Problem::Forged => (
            "Este pedido não veio da nossa página",
            "Para sua segurança, nada foi alterado. Volte à página da verificação e tente a partir dela.",
        ),
        Problem::Method => (
            "Não há nada para ver neste endereço",
            "Ele só recebe formulários. Volte à página da verificação e continue a partir dela.",
        ),
        Problem::BadForm => (
            "Não foi possível ler o formulário",
            "Nada foi alterado. Volte, recarregue a página e tente novamente.",
        ),
        Problem::TooMany => ("Excesso de pedidos", "Aguarde um minuto e recarregue esta página."),
        Problem::Trouble => (
            "Ocorreu um erro do nosso lado",
            "Nada foi alterado. Tente novamente daqui a pouco, por favor.",
        ),
    };
    Titled { heading, text }
}

/// The words for one failure.
fn failure(code: FailureCode) -> FailureText {
    match code {
        FailureCode::DocumentAuthenticityFailed => FailureText {
            what: "Não foi possível confirmar que os dados do chip são autênticos.",
            next: "Confirme que é o passaporte certo e leia o chip novamente.",
            end: "Não foi possível confirmar que os dados do chip foram emitidos por um Estado. Se o seu passaporte é autêntico, talvez os passaportes do país emissor ainda não possam ser verificados aqui.",
        },
        FailureCode::DocumentActiveAuthenticationFailed => FailureText {
            what: "O chip não provou ser o original.",
            next: "Mantenha o telefone imóvel sobre o passaporte e leia o chip novamente.",
            end: "O chip não provou ser o original e não uma cópia.",
        },
        FailureCode::DocumentChipAuthenticationFailed => FailureText {
            what: "A conexão segura com o chip falhou.",
            next: "Tire a capa do telefone, mantenha-o imóvel e leia o chip novamente.",
            end: "O chip não conseguiu provar, por uma conexão segura, que é o original.",
        },
        FailureCode::DocumentAntiCloningAttestationFailed => FailureText {
            what: "O chip não passou no teste de proteção contra cópias.",
            next: "Não é possível tentar novamente aqui.",
            end: "O chip não passou no teste de proteção contra cópias. Por segurança, não é possível tentar novamente aqui.",
        },
        FailureCode::DocumentDataInvalid => FailureText {
            what: "Não foi possível ler os dados do chip.",
            next: "Confirme que o documento é um passaporte com o símbolo do chip e tente novamente.",
            end: "Não foi possível ler os dados do chip como os de um passaporte.",
        },
        FailureCode::LivenessFailed => FailureText {
            what: "Não conseguimos ver com clareza que há uma pessoa diante da câmera.",
            next: "Procure uma luz uniforme, tire os óculos de sol ou a máscara, segure o telefone à altura dos olhos e tente novamente.",
            end: "Não conseguimos ver com clareza que havia uma pessoa diante da câmera.",
        },
        FailureCode::SelfieFaceMismatch => FailureText {
            what: "O seu rosto não foi reconhecido como o do passaporte.",
            next: "Confirme que o passaporte é seu. Olhe de frente para a câmera, com luz uniforme, e tente novamente.",
            end: "O rosto diante da câmera não foi reconhecido como o do passaporte.",
        },
    }
}
