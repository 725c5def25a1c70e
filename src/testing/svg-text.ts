// Text in a picture: foreign ids made harmless, and how wide text will be, guessed on the safe side.
// Rule: whatever an id holds, the picture is well-formed XML, and nobody takes an id for something else.

/** A number as attributes have it: at most two decimals. */
export function fixed(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}

/** Text for a picture, in an element or an attribute. What XML 1.0 forbids, halves of characters included, becomes `�`. */
export function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}

/** An id, as people read it: as it is where it is plain, else quoted, with everything invisible spelled out. */
export function named(id: string): string {
  if (/^[\p{L}\p{N}_.@+-]+( [\p{L}\p{N}_.@+-]+)*$/u.test(id)) return id;
  return JSON.stringify(id).replace(/[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Zl}\p{Zp}]/gu, (sign) =>
    sign.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''));
}

/** How wide text is at most in a usual system font, in px. */
export function widthOf(text: string, size: number): number {
  let em = 0;
  for (const character of text) em += emOf(character);
  return em * size;
}

function emOf(character: string): number {
  if (/[\u2e80-\u{10ffff}]/u.test(character)) return 1.3; // ideographs, emoji
  if (/[iljtfr.,:;|'()![\]{} ]/.test(character)) return 0.36;
  return /[mwMW@%]/.test(character) ? 0.95 : 0.61;
}

/** As much of a text as fits, with `…` where something is left out. Characters stay whole. */
export function fitting(text: string, width: number, size: number): string {
  if (widthOf(text, size) <= width) return text;
  const characters = Array.from(text);
  while (characters.length > 0 && widthOf(`${characters.join('')}…`, size) > width) characters.pop();
  return `${characters.join('')}…`;
}

/** Eight characters that differ where texts do: a name for one of many pictures on a page. */
export function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** What an element may have said of it; absent values are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element. `children` is markup already. */
export function element(name: string, attributes: Attributes, children?: string): string {
  const said = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(typeof value === 'number' ? fixed(value) : String(value))}"`)
    .join('');
  return children === undefined ? `<${name}${said}/>` : `<${name}${said}>${children}</${name}>`;
}
