### Translated from en.ftl; $org is the name of the organization that asks.

## The language itself

language-name = Português
# Writing direction: ltr or rtl.
language-direction = ltr

## What several pages say

skip = Ir para o conteúdo
language = Idioma
switch = Mudar de idioma
ribbon = Ambiente de testes: nada aqui é real
steps-label = Progresso
step-agree = Aceitar
step-phone = Telefone
step-check = Verificação
step-done = Fim
# Said to screen readers behind a step that lies behind.
step-behind = (concluído)
minutes-left = { $n ->
    [one] Resta { $n } minuto
    [many] Restam { $n } de minutos
   *[other] Restam { $n } minutos
}
hours-left = { $n ->
    [one] Resta { $n } hora
    [many] Restam { $n } de horas
   *[other] Restam { $n } horas
}
moments-left = Resta menos de um minuto
time-is-up = O tempo acabou
check-now = Atualizar agora
no-script = Esta página é atualizada automaticamente a cada 20 segundos.
reconnecting = Conexão perdida. Nova tentativa em curso…
cancel = Cancelar a verificação
new-tab = (abre em nova página)
# $org (String) - the organization's name; an address follows.
help = Dúvidas? Escreva para { $org }:

## What may be shared

claim-document-type-code = Tipo de documento
claim-issuing-country-code = País que emitiu o documento
claim-family-name = Nome de família
claim-given-names = Nomes próprios
claim-document-number = Número do documento
claim-nationality-code = Nacionalidade
claim-date-of-birth = Data de nascimento
claim-sex-marker = Sexo indicado no documento
claim-document-expiry-date = Data de validade do documento
claim-mrz-optional-data = Dados opcionais do documento, como um número pessoal
    .hint = O conteúdo depende do país.
claim-kayle-document-id = Um código associado ao seu documento (Kayle Document ID)
    .hint = O mesmo documento dá sempre o mesmo código. Não é possível obter dele o número do documento.
claim-kayle-human-id = Um código associado à sua pessoa (Kayle Human ID)
    .hint = Criado a partir do seu nome, data de nascimento, sexo e nacionalidade, para permitir o seu reconhecimento com outro documento. Não é possível obter dele esses dados.
# $years (String) - an age, 12 to 130.
claim-age-over = Se tem { $years } anos ou mais — não a sua data de nascimento

## Who asks for what

consent-heading = { $org } pede para verificar a sua identidade
consent-lead = Tenha à mão o seu passaporte e um telefone que consiga ler o chip dele. Leva cerca de três minutos. Nada é transmitido sem o seu consentimento.
consent-about = Sobre { $org }
consent-website = Site
consent-privacy = Aviso de privacidade
consent-terms = Termos e condições
consent-required = O que { $org } recebe
consent-required-mark = Obrigatório
consent-optional = O que pode acrescentar
consent-optional-lead = { $org } também gostaria de receber estes dados. A verificação funciona sem eles.
consent-says = { $org } explica:
consent-added = Faz parte de todas as verificações.
consent-not-shared = O que { $org } não recebe
consent-not-shared-text = A foto do seu passaporte, as imagens do seu rosto e tudo o que não está indicado aqui. Esses dados servem apenas para a verificação e não são guardados. { $org } recebe a informação de que a verificação foi ou não bem-sucedida.
consent-afterwards = Depois
consent-afterwards-text = No fim, continua em { $host }.
consent-afterwards-here = Quando terminar, pode fechar esta página.
consent-face = O seu rosto
consent-biometric = Aceito que o meu rosto seja comparado com a foto do meu passaporte
consent-biometric-hint = Um telefone filma o seu rosto por um momento. Estas imagens são dados biométricos. Servem apenas para confirmar que o passaporte é seu e são apagadas logo depois.
consent-agree = Aceitar e continuar
consent-decline = Recusar
consent-cannot = Não posso fazer isto
consent-cannot-text = Não tem um passaporte com chip ou um telefone adequado? Ou prefere que o seu rosto não seja comparado?
consent-fallback = Usar a alternativa que { $org } oferece
consent-support = Peça uma alternativa a { $org }:
consent-nobody = Peça uma alternativa a { $org }.

## Bring a phone

handoff-heading = Continue no seu telefone
handoff-scan = Aponte a câmera do telefone para este código. O telefone lê o chip do passaporte e filma o seu rosto.
handoff-qr-alternative = Código QR que abre esta verificação no seu telefone. O mesmo link aparece ao lado, em texto.
handoff-link-label = Ou abra este link no seu telefone
handoff-copy = Copiar link
handoff-copied = Copiado
handoff-heading-phone = Continue na aplicação
handoff-lead-phone = A aplicação lê o chip do passaporte e filma o seu rosto. Tenha o passaporte à mão.
handoff-open = Abrir a aplicação
handoff-other-phone = Usar outro telefone
handoff-next = O que acontece a seguir
handoff-next-1 = Digitalize a página do passaporte que tem a foto.
handoff-next-2 = Mantenha o telefone sobre o passaporte até o chip ser lido.
handoff-next-3 = Olhe para a câmera por um momento.
handoff-by-itself = Esta página avança automaticamente assim que o telefone começar.

## A phone is at work

progress-heading-chip = Leia o chip do passaporte
progress-lead-chip = Siga os passos no telefone. Mantenha o passaporte numa superfície plana e o telefone imóvel em cima dele.
progress-heading-face = Agora, o seu rosto
progress-lead-face = O chip foi lido. Olhe para a câmera do telefone e siga as instruções.
progress-checks-label = Passos no telefone
progress-check-phone = Telefone conectado
progress-check-chip = Chip do passaporte
progress-check-face = Rosto
progress-state-done = Concluído
progress-state-now = Agora
progress-state-next = A seguir
progress-code-label = O seu telefone mostra
progress-code-hint = Os mesmos quatro dígitos aparecem no telefone conectado.
progress-release = Não é o seu telefone? Desconecte-o
progress-tries = Tentativas restantes
progress-tries-chip = Chip do passaporte
progress-tries-face = Rosto
# How many of three attempts are left.
progress-left-0 = 0 de 3: não resta nenhuma
progress-left-1 = 1 de 3: esta é a última
progress-left-2 = 2 de 3: restam duas
progress-left-3 = 3 de 3: restam as três
progress-failed = A tentativa anterior não funcionou

## What a failure means: what happened, what to do next, and what is said at the end

failure-document-authenticity-failed = Não foi possível confirmar que os dados do chip são autênticos.
    .next = Confirme que é o passaporte certo e leia o chip novamente.
    .end = Não foi possível confirmar que os dados do chip foram emitidos por um Estado. Se o seu passaporte é autêntico, talvez os passaportes do país emissor ainda não possam ser verificados aqui.
failure-document-active-authentication-failed = O chip não provou ser o original.
    .next = Mantenha o telefone imóvel sobre o passaporte e leia o chip novamente.
    .end = O chip não provou ser o original e não uma cópia.
failure-document-chip-authentication-failed = A conexão segura com o chip falhou.
    .next = Tire a capa do telefone, mantenha-o imóvel e leia o chip novamente.
    .end = O chip não conseguiu provar, por uma conexão segura, que é o original.
failure-document-anti-cloning-attestation-failed = O chip não passou no teste de proteção contra cópias.
    .next = Não é possível tentar novamente aqui.
    .end = O chip não passou no teste de proteção contra cópias. Por segurança, não é possível tentar novamente aqui.
failure-document-data-invalid = Não foi possível ler os dados do chip.
    .next = Confirme que o documento é um passaporte com o símbolo do chip e tente novamente.
    .end = Não foi possível ler os dados do chip como os de um passaporte.
failure-liveness-failed = Não conseguimos ver com clareza que há uma pessoa diante da câmera.
    .next = Procure uma luz uniforme, tire os óculos de sol ou a máscara, segure o telefone à altura dos olhos e tente novamente.
    .end = Não conseguimos ver com clareza que havia uma pessoa diante da câmera.
failure-selfie-face-mismatch = O seu rosto não foi reconhecido como o do passaporte.
    .next = Confirme que o passaporte é seu. Olhe de frente para a câmera, com luz uniforme, e tente novamente.
    .end = O rosto diante da câmera não foi reconhecido como o do passaporte.

## It is over

outcome-succeeded = A sua identidade foi verificada
    .text = O passaporte é autêntico e é seu.
    .organization = { $org } recebe o que aceitou transmitir e nada mais.
outcome-failed = Não foi possível verificar a sua identidade
    .text = A verificação não foi bem-sucedida.
    .organization = Nenhum dado sobre a sua pessoa ou o seu documento foi transmitido. { $org } pode iniciar uma nova verificação.
outcome-expired = O prazo desta verificação terminou
    .text = Ela não foi concluída a tempo. Nada foi transmitido.
    .organization = Se ainda quiser fazer a verificação, comece de novo em { $org }.
outcome-cancelled = Esta verificação foi cancelada
    .text = Já não é possível continuar.
outcome-cancelled-by-user = Esta verificação foi cancelada a seu pedido
    .text = Já não é possível continuar. Nada mais é transmitido.
outcome-cancelled-by-organization = { $org } cancelou esta verificação
    .text = Já não é possível continuar. Nada foi transmitido. { $org } pode explicar o motivo.
outcome-withdrawn = Você retirou os seus dados
    .text = O que { $org } ainda não tinha recebido foi destruído; o resto só { $org } pode apagar.
outcome-go-on = Continuar para { $host }
outcome-close = Já pode fechar esta página.
outcome-countdown = { $n ->
    [one] A próxima página abre em { $n } segundo.
    [many] A próxima página abre em { $n } de segundos.
   *[other] A próxima página abre em { $n } segundos.
}
outcome-pause = Ficar aqui
outcome-resume = Avançar
outcome-withdraw-heading = Mudou de ideia?
outcome-withdraw-text = Pode retirar os dados que ainda não chegaram a { $org }.
outcome-withdraw-late = { $org } já recebeu o resultado. Daqui não é possível recuperá-lo, mas { $org } pode apagá-lo.
outcome-withdraw = Retirar os dados

## Questions before something that cannot be taken back

confirm-cancel = Cancelar esta verificação?
    .text = Nada é transmitido a { $org }, exceto a informação do cancelamento. Depois, não é possível continuar: { $org } teria de iniciar uma nova verificação.
    .yes = Sim, cancelar
confirm-withdraw = Retirar os dados desta verificação?
    .text = Os dados que ainda não foram entregues a { $org } são destruídos e nunca serão enviados. O que { $org } já recebeu não pode ser retirado por aqui: peça a { $org } que apague esses dados.
    .yes = Sim, retirar
confirm-release = Desconectar o telefone?
    .text = O telefone conectado já não poderá continuar. Depois, pode conectar outro. As tentativas já usadas não são repostas.
    .yes = Sim, desconectar
confirm-back = Voltar

## Messages above a page

notice-biometric-required = Para continuar, marque a caixa em “O seu rosto”. Sem a comparação, esta verificação não é possível.
notice-selection-incomplete = Faltava um dado obrigatório na sua seleção. Aceite novamente, por favor.
notice-consent-frozen = Um telefone já começou a verificação; por isso, deixou de ser possível alterar o que aceitou.
notice-released = O telefone foi desconectado. Pode conectar outro.
notice-simulating = O telefone simulado foi iniciado. Esta página o acompanha.
notice-changed = Isso já não era possível. Esta página mostra a situação atual.
notice-too-many = Excesso de pedidos. Aguarde um minuto e tente novamente.
notice-trouble = Ocorreu um erro do nosso lado. Nada foi alterado. Tente novamente, por favor.

## What testers read in a sandbox

sandbox-heading = Ambiente de testes: faça o papel do telefone
sandbox-text = Escolha o que o telefone simulado faz com esta sessão e observe esta página.
sandbox-scenario = O que acontece
sandbox-pass = Tudo dá certo
sandbox-nfc-fail = O chip não é autêntico, três vezes
sandbox-liveness-fail = Não se vê ninguém diante da câmera, três vezes
sandbox-face-mismatch = O rosto é de outra pessoa, três vezes
sandbox-cloned = O chip é uma cópia: termina na hora
sandbox-abandon = O telefone se conecta e depois não faz nada
sandbox-start = Iniciar o telefone
sandbox-command-line = Na linha de comandos
sandbox-terminal = O ambiente de testes tem um telefone simulado. No terminal, com as configurações deste servidor:

## What is in the way

problem-not-found = Esta verificação não existe
    .text = Pode ter sido apagada. Confira o link ou peça um novo a quem o enviou.
problem-malformed = Este link está incompleto
    .text = Falta uma parte do endereço ou há nele um erro de digitação. Abra o link novamente, exatamente como o recebeu.
problem-open-original = Abra o seu link original, por favor
    .text = Esta verificação foi iniciada em outro navegador. Abra nele o link que recebeu ou abra-o aqui mais uma vez.
problem-wrong-link = Este link não corresponde a esta verificação
    .text = A chave contida no link não é a correta. Abra o link novamente, exatamente como o recebeu.
problem-forged = Este pedido não veio da nossa página
    .text = Para sua segurança, nada foi alterado. Volte à página da verificação e tente a partir dela.
problem-method = Não há nada para ver neste endereço
    .text = Ele só recebe formulários. Volte à página da verificação e continue a partir dela.
problem-bad-form = Não foi possível ler o formulário
    .text = Nada foi alterado. Volte, recarregue a página e tente novamente.
problem-timed-out = Demorou demasiado tempo
    .text = Pode ter sido feito ou não. Abra de novo a página da verificação: ela mostra o estado atual.
problem-too-many = Excesso de pedidos
    .text = Aguarde um minuto e recarregue esta página.
problem-trouble = Ocorreu um erro do nosso lado
    .text = Nada foi alterado. Tente novamente daqui a pouco, por favor.

## Where the app link leads when no app took it

app = Abra este link num telefone com a aplicação
    .text = Este passo exige a aplicação para telefone: é ela que lê o chip do passaporte e filma o seu rosto. Instale a aplicação e, depois, leia o código ou abra o link novamente.
