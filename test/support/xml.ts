// Well-formed XML, as far as pictures use it: elements, attributes in double quotes, the five entities and `&#39;`. Whatever
// else comes throws.

/** An element. */
export interface Xml {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Elements and texts, in order. */
  readonly children: readonly (Xml | string)[];
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function unescaped(text: string): string {
  const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.exec(text);
  if (illegal !== null || /[<>]/.test(text)) throw new Error(`Illegal: ${JSON.stringify(illegal?.[0] ?? text)}`);
  return text.replace(/&([^;]*;?)/g, (whole, name: string) => {
    const sign = entities[name.slice(0, -1)];
    if (sign === undefined || !name.endsWith(';')) throw new Error(`No entity: ${whole}`);
    return sign;
  });
}

/** Reads one element with nothing before or behind it. */
export function parseXml(text: string): Xml {
  const tags = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[A-Za-z][\w:-]*="[^"<]*")*)\s*(\/?)>/y;
  const top: (Xml | string)[] = [];
  const open: { readonly name: string; readonly children: (Xml | string)[] }[] = [{ name: '', children: top }];
  let at = 0;
  while (at < text.length) {
    const inside = open.at(-1)!.children;
    const next = text.indexOf('<', at);
    const words = text.slice(at, next < 0 ? text.length : next);
    if (words !== '') inside.push(unescaped(words));
    at += words.length;
    if (next < 0) break;
    tags.lastIndex = at;
    const tag = tags.exec(text);
    if (tag === null) throw new Error(`No tag: ${text.slice(at, at + 80)}`);
    at = tags.lastIndex;
    const [, ends, name, said, isEmpty] = tag;
    if (ends === '/') {
      if (open.pop()!.name !== name || said !== '' || isEmpty === '/') throw new Error(`Not its end: ${tag[0]}`);
      continue;
    }
    const attributes: Record<string, string> = {};
    for (const [, key, value] of said!.matchAll(/([\w:-]+)="([^"]*)"/g)) {
      if (Object.hasOwn(attributes, key!)) throw new Error(`Twice: ${key!}`);
      attributes[key!] = unescaped(value!);
    }
    const element = { name: name!, attributes, children: [] };
    inside.push(element);
    if (isEmpty !== '/') open.push(element);
  }
  const [root] = top;
  if (open.length !== 1 || top.length !== 1 || root === undefined || typeof root === 'string') throw new Error('Not one element.');
  return root;
}

/** Every element of a tree, itself first. */
export function elementsOf(xml: Xml): readonly Xml[] {
  return [xml, ...xml.children.flatMap((child) => (typeof child === 'string' ? [] : elementsOf(child)))];
}

/** The words in an element, those of its tooltip left out. */
export function wordsOf(xml: Xml): string {
  return xml.children.map((child) => (typeof child === 'string' ? child : child.name === 'title' ? '' : wordsOf(child))).join('');
}
