// What the shop's page says.

const WORDS = {
  es: {
    skip: "Ir a las piezas",
    nav: "Secciones",
    goods: "Piezas",
    workshop: "El taller",
    contact: "Contacto",
    basket: "Cesta",
    headline: "Barro de Talavera, pintado a mano",
    lead: "Cada pieza sale del torno, se seca al aire y se pinta una a una. Envíos en 24 a 48 horas.",
    add: "Añadir a la cesta",
    addNamed: (title) => `Añadir a la cesta: ${title}`,
    free: "Plazas cada sábado",
    many: "En el taller, lista para salir",
    few: (count) => (count === 1 ? "Queda una" : `Quedan ${count}`),
    none: (day) => `Agotado. Vuelve hacia el ${day}`,
    empty: "Todavía no hay nada en la cesta.",
    total: "Total, IVA incluido",
    delivery: "Envío gratis desde 60 €",
    order: "Tramitar el pedido",
    name: "Nombre",
    mail: "Correo",
    noCharge: "Esta tienda es de barro: aquí no se cobra nada.",
    confirm: (total) => `Confirmar el pedido · ${total}`,
    thanks: (name, number) => `Gracias, ${name}. Tu pedido es el ${number}: lo preparamos hoy mismo.`,
    notPlaced: "El pedido no ha llegado. Inténtalo otra vez.",
    less: (title) => `Una menos: ${title}`,
    doubt: "¿Alguna duda antes de pagar?",
    doubtText: "Del embalaje, de los plazos, de si cabe en el horno: pregunta y te respondemos.",
    askHere: "Preguntar por el chat",
    write: "Escribir por el formulario",
    workshopText:
      "Somos cuatro personas en la calle del Alfar, en Talavera de la Reina, desde 1987. Puedes venir a vernos y sentarte al torno.",
    other: "English",
  },
  en: {
    skip: "Go to the pieces",
    nav: "Sections",
    goods: "Pieces",
    workshop: "The workshop",
    contact: "Contact",
    basket: "Basket",
    headline: "Clay from Talavera, painted by hand",
    lead: "Every piece is thrown on the wheel, dried in the air and painted one by one. Shipped within 24 to 48 hours.",
    add: "Add to basket",
    addNamed: (title) => `Add to basket: ${title}`,
    free: "Places every Saturday",
    many: "In the workshop, ready to leave",
    few: (count) => (count === 1 ? "One left" : `${count} left`),
    none: (day) => `Sold out. Back around ${day}`,
    empty: "There is nothing in the basket yet.",
    total: "Total, VAT included",
    delivery: "Free delivery from €60",
    order: "Check out",
    name: "Name",
    mail: "Email",
    noCharge: "This shop is made of clay: nothing is charged here.",
    confirm: (total) => `Place the order · ${total}`,
    thanks: (name, number) => `Thank you, ${name}. Your order is ${number}: we prepare it today.`,
    notPlaced: "The order did not arrive. Try again.",
    less: (title) => `One less: ${title}`,
    doubt: "Any doubt before you pay?",
    doubtText: "About packing, about time, about whether it fits into the oven: ask, and we answer.",
    askHere: "Ask in the chat",
    write: "Write by the form",
    workshopText:
      "We are four people in calle del Alfar, Talavera de la Reina, since 1987. Come and see us, and sit down at the wheel.",
    other: "Español",
  },
};

export const language = document.documentElement.lang === "en" ? "en" : "es";

export function say(key, ...values) {
  const words = WORDS[language][key];
  return typeof words === "function" ? words(...values) : words;
}

export const money = (cents) =>
  new Intl.NumberFormat(language, { style: "currency", currency: "EUR" }).format(cents / 100);

export const day = (at) => new Intl.DateTimeFormat(language, { day: "numeric", month: "long" }).format(at * 1000);
