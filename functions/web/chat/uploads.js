// Files of the message that is being written: checked, then put where the shop's ticket says.

import { fileSize, say } from "./words.js";

/** Why this file cannot be sent, in words; empty where it can. `limits` are those of the welcome. */
export function objection(file, limits) {
  if (file.size > limits.file_bytes) return say("fileTooLarge", fileSize(limits.file_bytes));
  if (!limits.file_types.includes(file.type)) return say("fileType");
  return "";
}

/** What `send` has to name. Throws the server's error frame, or whatever went wrong on the way. */
export async function upload(file, ref, ask) {
  const { name, type, size } = file;
  const ticket = await ask({ type: "upload", ref, name, content_type: type, size });
  const form = new FormData();
  for (const [field, value] of Object.entries(ticket.fields)) form.append(field, value);
  form.append("file", file);
  const answer = await fetch(ticket.url, {
    method: "POST",
    body: form,
    credentials: "omit",
    referrerPolicy: "no-referrer",
  });
  if (!answer.ok) throw new Error(`upload: ${answer.status}`);
  return { file: ticket.file, name, type, size };
}
