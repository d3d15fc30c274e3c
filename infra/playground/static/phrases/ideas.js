// What a first visitor may send with one click.

/** What a first visitor may send with one click, per language: `[subject, text]` for mail, a text for SMS. */
export const IDEAS = {
  es: {
    mail: [
      ["Envíos a Canarias", "Hola:\n\n¿Enviáis la vajilla de la serie Azul a Tenerife? ¿Cuánto tarda?\n\nGracias,"],
      [
        "Un plato ha llegado roto",
        "Buenos días:\n\nHe recibido el pedido, pero uno de los platos hondos viene roto. ¿Qué tengo que hacer?\n\nUn saludo,",
      ],
    ],
    whatsapp: ["Hola, ¿cuándo llega mi pedido?", "¿Me podéis enviar una foto de la fuente grande?"],
    sms: ["Hola, ¿abrís el sábado por la tarde?", "¿Ha salido ya mi pedido?"],
  },
  en: {
    mail: [
      [
        "Shipping to the UK",
        "Hello,\n\nDo you ship the blue dinner plates to London, and how long does it take?\n\nThank you,",
      ],
      [
        "A plate arrived broken",
        "Good morning,\n\nMy order came today, but one of the soup plates is broken. What should I do?\n\nBest wishes,",
      ],
    ],
    whatsapp: ["Hi, when will my order arrive?", "Could you send me a photo of the large dish?"],
    sms: ["Hi, are you open on Saturday afternoon?", "Has my order left yet?"],
  },
};

/**
 * The same question by mail from those who are different customers to the shop; `is` says which kind. Each writes in
 * their own language, whichever the page is in.
 */
export const EXAMPLES = [
  {
    account: "ana.molina@correo.example",
    is: "recurring",
    subject: "¿Cuándo llega mi pedido?",
    text: "Hola:\n\n¿Cuándo llega mi pedido?\n\nGracias,\nAna",
  },
  {
    account: "compras@hotelsol.example",
    is: "wholesale",
    subject: "¿Cuándo llega mi pedido?",
    text: "Buenos días:\n\n¿Cuándo llega mi pedido?\n\nUn saludo,\nCarmen Soler\nCompras, Hotel Sol",
  },
  {
    account: "javier.ruiz@correo.example",
    is: "new",
    subject: "¿Cuándo llega mi pedido?",
    text: "Hola:\n\n¿Cuándo llega mi pedido?\n\nJavier",
  },
  {
    account: "emma.clarke@mail.example",
    is: "buyer",
    subject: "When will my order arrive?",
    text: "Hello,\n\nWhen will my order arrive?\n\nThank you,\nEmma",
  },
];
