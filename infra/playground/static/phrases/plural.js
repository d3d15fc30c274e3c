/** "1 mensaje", "3 mensajes". */
export const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;
