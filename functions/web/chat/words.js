// What the widget itself says. What the shop says about its hours comes in words from the server.

const WORDS = {
  es: {
    open: "Abrir el chat",
    openUnread: (count) =>
      count === 1 ? "Abrir el chat: un mensaje sin leer" : `Abrir el chat: ${count} mensajes sin leer`,
    close: "Cerrar el chat",
    title: "Chat",
    connecting: "Conectando…",
    lost: "Sin conexión. Lo que escribas saldrá en cuanto vuelva.",
    conversation: "Conversación",
    empty: "¿En qué te ayudamos? Escríbenos y seguimos por aquí.",
    you: "Tú",
    automatic: "Respuesta automática",
    byMail: "por correo",
    today: "Hoy",
    yesterday: "Ayer",
    write: "Escribe un mensaje",
    send: "Enviar",
    attach: "Adjuntar archivos",
    removeFile: (name) => `Quitar ${name}`,
    uploading: "Subiendo…",
    sending: "Enviando…",
    waiting: "Se enviará al volver la conexión",
    sent: "Enviado",
    failed: "No se ha enviado.",
    retry: "Volver a intentar",
    edit: "Corregir",
    remove: "Quitar",
    openFile: (name, size) => `Abrir ${name}, ${size}`,
    closePicture: "Cerrar la imagen",
    goneFile: "Este archivo ya no está disponible.",
    lostFile: "No nos ha llegado.",
    refusedFile: "No se ha enviado: no parece del tipo que dice su nombre.",
    fileFailed: "No se ha podido subir. Quítalo y vuelve a elegirlo.",
    fileTooLarge: (most) => `Pesa demasiado: caben archivos de hasta ${most}.`,
    fileType: "Este tipo de archivo no se puede enviar por aquí.",
    tooManyFiles: (most) => `Caben ${most} archivos por mensaje.`,
    offline: "Ahora no hay conexión. Inténtalo en un momento.",
    left: (count) => (count === 1 ? "Queda 1 carácter" : `Quedan ${count} caracteres`),
    over: (count) => (count === 1 ? "Sobra 1 carácter" : `Sobran ${count} caracteres`),
    typing: (name) => (name ? `${name} está escribiendo…` : "Están escribiendo…"),
    says: (name, text) => `${name}: ${text}`,
    soundOn: "Avisar con un sonido",
    unread: "Mensajes nuevos",
    emailAsk: "¿Tienes que irte? Deja tu correo y te respondemos ahí.",
    emailAskClosed: "Deja tu correo y te respondemos ahí.",
    email: "Tu correo",
    emailSave: "Guardar",
    emailLeft: (email) => `Si te vas, te respondemos a ${email}.`,
    emailChange: "Cambiar",
    emailInvalid: "Ese correo no parece completo.",
    callback: "Pide que te llamemos",
    form: "Escríbenos con el formulario",
    newWindow: "(se abre en otra ventana)",
  },
  en: {
    open: "Open the chat",
    openUnread: (count) =>
      count === 1 ? "Open the chat: one unread message" : `Open the chat: ${count} unread messages`,
    close: "Close the chat",
    title: "Chat",
    connecting: "Connecting…",
    lost: "No connection. What you write will leave as soon as it is back.",
    conversation: "Conversation",
    empty: "How can we help? Write to us and we will go on here.",
    you: "You",
    automatic: "Automatic answer",
    byMail: "by mail",
    today: "Today",
    yesterday: "Yesterday",
    write: "Write a message",
    send: "Send",
    attach: "Attach files",
    removeFile: (name) => `Remove ${name}`,
    uploading: "Uploading…",
    sending: "Sending…",
    waiting: "Will be sent when the connection is back",
    sent: "Sent",
    failed: "Not sent.",
    retry: "Try again",
    edit: "Change it",
    remove: "Remove",
    openFile: (name, size) => `Open ${name}, ${size}`,
    closePicture: "Close the picture",
    goneFile: "This file is no longer available.",
    lostFile: "It did not arrive.",
    refusedFile: "Not sent: it does not look like the type that its name says.",
    fileFailed: "It could not be uploaded. Remove it and choose it again.",
    fileTooLarge: (most) => `Too large: files can have up to ${most}.`,
    fileType: "This kind of file cannot be sent here.",
    tooManyFiles: (most) => `A message can carry ${most} files.`,
    offline: "There is no connection now. Try again in a moment.",
    left: (count) => (count === 1 ? "1 character left" : `${count} characters left`),
    over: (count) => (count === 1 ? "1 character too many" : `${count} characters too many`),
    typing: (name) => (name ? `${name} is typing…` : "Somebody is typing…"),
    says: (name, text) => `${name}: ${text}`,
    soundOn: "Play a sound for new messages",
    unread: "New messages",
    emailAsk: "Do you have to go? Leave your email and we will answer there.",
    emailAskClosed: "Leave your email and we will answer there.",
    email: "Your email",
    emailSave: "Save",
    emailLeft: (email) => `If you leave, we will answer to ${email}.`,
    emailChange: "Change",
    emailInvalid: "That email does not look complete.",
    callback: "Ask us to call you",
    form: "Write to us with the form",
    newWindow: "(opens in another window)",
  },
};

let spoken = "es";

export function speak(language) {
  spoken = language in WORDS ? language : "en";
}

export const spokenLanguage = () => spoken;

export function say(key, ...values) {
  const words = WORDS[spoken][key];
  return typeof words === "function" ? words(...values) : words;
}

/** Of the language, as it is written where the visitor lives: 19:34 in Britain, 07:34 PM in the United States. */
const region = () =>
  navigator.languages?.find((one) => one.startsWith(`${spoken}-`)) ?? (spoken === "en" ? "en-GB" : spoken);

export function clockTime(at) {
  return new Intl.DateTimeFormat(region(), { hour: "2-digit", minute: "2-digit" }).format(at * 1000);
}

/** "Hoy", "Ayer", or the day with its name. */
export function dayName(at) {
  const [day, today] = [new Date(at * 1000), new Date()];
  const between = Math.round((midnight(today) - midnight(day)) / 86_400_000);
  if (between === 0 || between === 1) return say(between ? "yesterday" : "today");
  return new Intl.DateTimeFormat(region(), { weekday: "long", day: "numeric", month: "long" }).format(day);
}

/** 812345 is "793 kB". */
export function fileSize(bytes) {
  const [amount, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "kB"] : [bytes / (1024 * 1024), "MB"];
  const digits = { maximumFractionDigits: amount < 10 ? 1 : 0 };
  return `${new Intl.NumberFormat(spoken, digits).format(Math.max(amount, 0.1))} ${unit}`;
}

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
