### Translated from en.ftl; $org is the name of the organization that asks.

## The language itself

language-name = Español
# Writing direction: ltr or rtl.
language-direction = ltr

## What several pages say

skip = Ir al contenido
language = Idioma
switch = Cambiar idioma
ribbon = Entorno de pruebas: nada de esto es real
steps-label = Progreso
step-agree = Aceptar
step-phone = Teléfono
step-check = Comprobar
step-done = Listo
# Said to screen readers behind a step that lies behind.
step-behind = (completado)
minutes-left = { $n ->
    [one] Queda { $n } minuto
    [many] Quedan { $n } de minutos
   *[other] Quedan { $n } minutos
}
hours-left = { $n ->
    [one] Queda { $n } hora
    [many] Quedan { $n } de horas
   *[other] Quedan { $n } horas
}
moments-left = Queda menos de un minuto
time-is-up = Se ha agotado el tiempo
check-now = Actualizar ahora
no-script = Esta página se actualiza sola cada 20 segundos.
reconnecting = Se ha perdido la conexión. Reconectando…
cancel = Cancelar la verificación
new-tab = (se abre en una pestaña nueva)
# $org (String) - the organization's name; an address follows.
help = ¿Tiene preguntas? Escriba a { $org }:

## What may be shared

claim-document-type-code = Tipo de documento
claim-issuing-country-code = País que expidió el documento
claim-family-name = Apellidos
claim-given-names = Nombre
claim-document-number = Número del documento
claim-nationality-code = Nacionalidad
claim-date-of-birth = Fecha de nacimiento
claim-sex-marker = Sexo que figura en el documento
claim-document-expiry-date = Fecha de caducidad del documento
claim-mrz-optional-data = Datos opcionales del documento, por ejemplo, un número personal
    .hint = Su contenido depende del país.
claim-kayle-document-id = Un código vinculado a su documento (Kayle Document ID)
    .hint = Un mismo documento da siempre el mismo código. Con este código no se puede averiguar el número del documento.
claim-kayle-human-id = Un código vinculado a usted (Kayle Human ID)
    .hint = Se obtiene a partir de su nombre, fecha de nacimiento, sexo y nacionalidad, para reconocerle aunque use otro documento. Con este código no se pueden averiguar esos datos.
# $years (String) - an age, 12 to 130.
claim-age-over = Si tiene { $years } años o más, pero no su fecha de nacimiento

## Who asks for what

consent-heading = { $org } le pide que verifique su identidad
consent-lead = Necesita su pasaporte y un teléfono que pueda leer el chip. Le llevará unos tres minutos. No se comparte nada antes de que usted acepte.
consent-about = Acerca de { $org }
consent-website = Sitio web
consent-privacy = Aviso de privacidad
consent-terms = Términos y condiciones
consent-required = Lo que recibe { $org }
consent-required-mark = Obligatorio
consent-optional = Lo que puede añadir
consent-optional-lead = A { $org } también le gustaría recibir estos datos, pero no son imprescindibles.
consent-says = { $org } explica:
consent-added = Forma parte de toda verificación.
consent-not-shared = Lo que no recibe { $org }
consent-not-shared-text = La foto de su pasaporte, las imágenes de su rostro y todo lo que no se indica aquí. Esos datos se usan únicamente para la verificación y no se conservan. { $org } sabrá si la verificación se ha superado o no.
consent-afterwards = Después de la verificación
consent-afterwards-text = Esta página le llevará a { $host }.
consent-afterwards-here = Cuando termine, podrá cerrar esta página.
consent-face = Su rostro
consent-biometric = Acepto que se compare mi rostro con la foto de mi pasaporte
consent-biometric-hint = Un teléfono graba su rostro durante unos instantes. Se trata de datos biométricos. Solo se usan para comprobar que el pasaporte es suyo y se eliminan inmediatamente después.
consent-agree = Aceptar y continuar
consent-decline = Rechazar
consent-cannot = No puedo hacer esta verificación
consent-cannot-text = ¿No tiene un pasaporte con chip o un teléfono compatible? ¿O prefiere que no se compare su rostro?
consent-fallback = Usar la otra opción que ofrece { $org }
consent-support = Pida otra opción a { $org }:
consent-nobody = Pida otra opción a { $org }.

## Bring a phone

handoff-heading = Continúe en su teléfono
handoff-scan = Enfoque este código con la cámara de su teléfono. El teléfono leerá el chip del pasaporte y grabará su rostro.
handoff-qr-alternative = Código QR que abre esta verificación en su teléfono. El mismo enlace aparece al lado en forma de texto.
handoff-link-label = O abra este enlace en su teléfono
handoff-copy = Copiar enlace
handoff-copied = Copiado
handoff-heading-phone = Continúe en la aplicación
handoff-lead-phone = La aplicación lee el chip de su pasaporte y graba su rostro. Tenga el pasaporte a mano.
handoff-open = Abrir la aplicación
handoff-other-phone = Usar otro teléfono
handoff-next = Próximos pasos
handoff-next-1 = Escanee la página del pasaporte en la que aparece su foto.
handoff-next-2 = Mantenga el teléfono pegado al pasaporte hasta que se lea el chip.
handoff-next-3 = Mire un momento a la cámara.
handoff-by-itself = Esta página avanzará sola en cuanto la verificación empiece en su teléfono.

## A phone is at work

progress-heading-chip = Lea el chip de su pasaporte
progress-lead-chip = Siga los pasos en su teléfono. Mantenga el pasaporte bien plano y el teléfono quieto encima.
progress-heading-face = Ahora, su rostro
progress-lead-face = El chip ya se ha leído. Mire a la cámara de su teléfono y siga las indicaciones.
progress-checks-label = Pasos en su teléfono
progress-check-phone = Teléfono conectado
progress-check-chip = Chip del pasaporte
progress-check-face = Rostro
progress-state-done = Hecho
progress-state-now = En curso
progress-state-next = Pendiente
progress-code-label = Su teléfono muestra
progress-code-hint = En el teléfono conectado aparecen las mismas cuatro cifras.
progress-release = ¿No es su teléfono? Desconéctelo
progress-tries = Intentos restantes
progress-tries-chip = Chip del pasaporte
progress-tries-face = Rostro
# How many of three attempts are left.
progress-left-0 = Ninguno de los 3
progress-left-1 = 1 de 3: es el último
progress-left-2 = 2 de 3: quedan dos
progress-left-3 = 3 de 3: quedan los tres
progress-failed = El último intento no ha funcionado

## What a failure means: what happened, what to do next, and what is said at the end

failure-document-authenticity-failed = No se ha podido confirmar que los datos del chip sean auténticos.
    .next = Compruebe que es el pasaporte correcto y vuelva a leer el chip.
    .end = No se ha podido confirmar que los datos del chip procedan de un Estado. Si su pasaporte es auténtico, es posible que el país que lo expidió aún no esté admitido.
failure-document-active-authentication-failed = El chip no ha demostrado ser el original.
    .next = Mantenga el teléfono quieto sobre el pasaporte y vuelva a leer el chip.
    .end = El chip no ha demostrado ser el original y no una copia.
failure-document-chip-authentication-failed = La conexión segura con el chip ha fallado.
    .next = Quite la funda del teléfono, no lo mueva y vuelva a leer el chip.
    .end = El chip no ha podido demostrar mediante una conexión segura que es el original.
failure-document-anti-cloning-attestation-failed = No se ha superado el control de protección contra chips copiados.
    .next = Aquí no es posible volver a intentarlo.
    .end = No se ha superado el control de protección contra chips copiados. Por seguridad, aquí no es posible volver a intentarlo.
failure-document-data-invalid = No se han podido leer los datos del chip.
    .next = Compruebe que el documento es un pasaporte con el símbolo del chip y vuelva a intentarlo.
    .end = Los datos del chip no se han podido leer como los de un pasaporte.
failure-liveness-failed = No hemos podido comprobar con claridad que haya una persona ante la cámara.
    .next = Busque una luz uniforme, quítese las gafas de sol o la mascarilla, sostenga el teléfono a la altura de los ojos y vuelva a intentarlo.
    .end = No hemos podido comprobar con claridad que hubiera una persona ante la cámara.
failure-selfie-face-mismatch = Su rostro no se ha reconocido como el del pasaporte.
    .next = Compruebe que se trata de su propio pasaporte. Mire de frente a la cámara con una luz uniforme y vuelva a intentarlo.
    .end = El rostro que estaba ante la cámara no se ha reconocido como el del pasaporte.

## It is over

outcome-succeeded = Su identidad ha quedado verificada
    .text = El pasaporte es auténtico y es suyo.
    .organization = { $org } recibe lo que usted aceptó compartir y nada más.
outcome-failed = No se ha podido verificar su identidad
    .text = La verificación no se ha superado.
    .organization = No se ha compartido ningún dato sobre usted ni sobre su documento. { $org } puede iniciar una nueva verificación.
outcome-expired = El plazo de esta verificación ha terminado
    .text = No se completó a tiempo. No se ha compartido nada.
    .organization = Si todavía quiere verificar su identidad, vuelva a iniciar el proceso con { $org }.
outcome-cancelled = Esta verificación se ha cancelado
    .text = No es posible continuarla.
outcome-cancelled-by-user = Usted ha cancelado esta verificación
    .text = No es posible continuarla. No se compartirá nada más.
outcome-cancelled-by-organization = { $org } ha cancelado esta verificación
    .text = No es posible continuarla. No se ha compartido nada. { $org } puede explicarle el motivo.
outcome-withdrawn = Ha retirado su consentimiento
    .text = Lo que { $org } aún no había recibido se ha destruido; el resto solo puede borrarlo { $org }.
outcome-go-on = Continuar en { $host }
outcome-close = Ya puede cerrar esta página.
outcome-countdown = { $n ->
    [one] Se le redirigirá en { $n } segundo.
    [many] Se le redirigirá en { $n } de segundos.
   *[other] Se le redirigirá en { $n } segundos.
}
outcome-pause = Quedarme aquí
outcome-resume = Redirigirme
outcome-withdraw-heading = ¿Ha cambiado de opinión?
outcome-withdraw-text = Puede retirar su consentimiento para lo que aún no haya llegado a { $org }.
outcome-withdraw-late = { $org } ya ha recibido el resultado. No se puede recuperar desde aquí, pero { $org } puede borrarlo.
outcome-withdraw = Retirar mi consentimiento

## Questions before something that cannot be taken back

confirm-cancel = ¿Cancelar esta verificación?
    .text = No se compartirá nada con { $org }, salvo el hecho de que usted ha cancelado. Después no podrá continuar; { $org } tendría que iniciar una nueva verificación.
    .yes = Sí, cancelarla
confirm-withdraw = ¿Retirar su consentimiento para esta verificación?
    .text = Lo que aún no se haya entregado a { $org } se destruirá y no se enviará nunca. Lo que { $org } ya haya recibido no se puede retirar desde aquí: pida a { $org } que lo elimine.
    .yes = Sí, retirar mi consentimiento
confirm-release = ¿Desconectar el teléfono?
    .text = El teléfono conectado ya no podrá continuar. Después podrá conectar otro. Los intentos ya utilizados no se recuperan.
    .yes = Sí, desconectarlo
confirm-back = Volver

## Messages above a page

notice-biometric-required = Para continuar, marque la casilla del apartado «Su rostro». Sin esa comparación no es posible hacer la verificación.
notice-selection-incomplete = En su selección faltaba algo obligatorio. Vuelva a dar su consentimiento.
notice-consent-frozen = La verificación ya ha empezado en un teléfono, por lo que ya no se puede cambiar lo que aceptó.
notice-released = El teléfono está desconectado. Puede conectar otro.
notice-simulating = El teléfono simulado se ha iniciado. Esta página lo sigue.
notice-changed = Esa acción ya no era posible. Esta página muestra la situación actual.
notice-too-many = Demasiadas solicitudes. Espere un minuto y vuelva a intentarlo.
notice-trouble = Se ha producido un problema por nuestra parte. No se ha cambiado nada. Vuelva a intentarlo.

## What testers read in a sandbox

sandbox-heading = Entorno de pruebas: haga de teléfono
sandbox-text = Elija qué hace el teléfono simulado con esta sesión y observe esta página.
sandbox-scenario = Qué ocurre
sandbox-pass = Todo sale bien
sandbox-nfc-fail = El chip no es auténtico, tres veces
sandbox-liveness-fail = No se ve a nadie ante la cámara, tres veces
sandbox-face-mismatch = La cara es de otra persona, tres veces
sandbox-cloned = El chip es una copia: termina de inmediato
sandbox-abandon = El teléfono se conecta y después no hace nada
sandbox-start = Iniciar el teléfono
sandbox-command-line = Desde la línea de comandos
sandbox-terminal = El entorno de pruebas incluye un teléfono simulado. En un terminal con la configuración de este servidor:

## What is in the way

problem-not-found = Esta verificación no existe
    .text = Es posible que se haya eliminado. Revise el enlace o pida uno nuevo a quien se lo envió.
problem-malformed = Este enlace está incompleto
    .text = Falta una parte de la dirección o hay un error en ella. Vuelva a abrir el enlace exactamente como lo recibió.
problem-open-original = Abra el enlace original
    .text = Esta verificación se inició en otro navegador. Abra en él el enlace que recibió o vuelva a abrirlo aquí.
problem-wrong-link = Este enlace no corresponde a esta verificación
    .text = La clave del enlace no es la correcta. Vuelva a abrir el enlace exactamente como lo recibió.
problem-forged = Esta solicitud no procede de nuestra página
    .text = Por su seguridad, no se ha cambiado nada. Vuelva a la página de verificación e inténtelo desde allí.
problem-method = No hay nada que ver en esta dirección
    .text = Solo sirve para recibir formularios. Vuelva a la página de verificación y continúe desde allí.
problem-bad-form = No se ha podido leer el formulario
    .text = No se ha cambiado nada. Vuelva atrás, recargue la página e inténtelo de nuevo.
problem-timed-out = Ha tardado demasiado
    .text = Puede que se haya hecho o puede que no. Vuelva a abrir la página de verificación: muestra cómo está todo.
problem-too-many = Demasiadas solicitudes
    .text = Espere un minuto y recargue esta página.
problem-trouble = Se ha producido un problema por nuestra parte
    .text = No se ha cambiado nada. Vuelva a intentarlo dentro de un momento.

## Where the app link leads when no app took it

app = Abra este enlace en un teléfono que tenga la aplicación
    .text = Este paso requiere la aplicación móvil, que lee el chip del pasaporte y graba su rostro. Instale la aplicación y vuelva a escanear el código o a abrir el enlace.
