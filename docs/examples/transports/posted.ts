// What was posted to a server, as JSON. Copy it.
import type { IncomingMessage } from 'node:http';

/** A beat is a hundred bytes. */
const longest = 1_000;

/** `undefined` where it is no JSON, or too much of it. */
export async function posted(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > longest) return undefined;
  }
  return jsonOf(text);
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
