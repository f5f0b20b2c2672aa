/**
 * What a text says once its escapes are undone: percent (RFC 3986, and %uXXXX), HTML references, \u, \x and U+ escapes,
 * quoted-printable, Punycode labels (RFC 3492), and Base64, Base64url (RFC 4648) or hexadecimal of a whole token.
 */

/** Escapes within escapes are undone so often; links that went through several programs have two or three layers. */
const layers = 5;
/** Enough for any link; a text that unfolds into more is not one. */
const mostForms = 200;

/** UTF-8; undefined where the bytes are none. */
function decodeUtf8(bytes: readonly number[]): string | undefined {
  let text = "";
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i++] ?? 0;
    const more = first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : 3;
    if (first >= 0x80 && (first < 0xc2 || first > 0xf4)) return undefined;
    let code = more === 0 ? first : first & (0x3f >> more);
    for (let n = 0; n < more; n++) {
      const next = bytes[i++];
      if (next === undefined || (next & 0xc0) !== 0x80) return undefined;
      code = (code << 6) | (next & 0x3f);
    }
    if (code > 0x10ffff) return undefined;
    text += String.fromCodePoint(code);
  }
  return text;
}

const hexPairs = (text: string) => (text.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => Number.parseInt(pair, 16));
const fromHex = (hex: string) => {
  const code = Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
};
/** Runs of escaped bytes; one that is no UTF-8 stays as it is. */
const bytesOf = (run: string) => decodeUtf8(hexPairs(run)) ?? run;

const marks: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  middot: "·",
};

const escapes: readonly ((text: string) => string)[] = [
  (text) => text.replace(/(?:%[0-9a-f]{2})+/gi, bytesOf),
  (text) => text.replace(/%u([0-9a-f]{4})/gi, (_, hex: string) => fromHex(hex)),
  (text) => text.replace(/&#x([0-9a-f]{1,6});?/gi, (_, hex: string) => fromHex(hex)),
  (text) => text.replace(/&#(\d{1,7});?/g, (_, code: string) => fromHex(Number(code).toString(16))),
  (text) => text.replace(/&([a-z]{2,6});/gi, (all, name: string) => marks[name.toLowerCase()] ?? all),
  (text) => text.replace(/\\+u\{([0-9a-f]{1,6})\}/gi, (_, hex: string) => fromHex(hex)),
  (text) => text.replace(/\\+U([0-9a-f]{8})/g, (_, hex: string) => fromHex(hex)),
  (text) => text.replace(/\\+u([0-9a-f]{4})/gi, (_, hex: string) => fromHex(hex)),
  (text) =>
    text.replace(/(?:u[0-9a-f]{4}){2,}/gi, (run) => run.replace(/u([0-9a-f]{4})/gi, (_, hex: string) => fromHex(hex))),
  (text) =>
    text.replace(/(?:0x[0-9a-f]{4}[, ]?)+/gi, (run) =>
      run.replace(/0x([0-9a-f]{4})[, ]?/gi, (_, hex: string) => fromHex(hex)),
    ),
  (text) => text.replace(/\\+([0-9a-f]{4,6})\s?/gi, (_, hex: string) => fromHex(hex)),
  (text) => text.replace(/\bU\+([0-9a-f]{4,6})\s?/gi, (_, hex: string) => fromHex(hex)),
  (text) => text.replace(/(?:\\+x[0-9a-f]{2})+/gi, bytesOf),
  (text) => text.replace(/(?:=[0-9a-f]{2}){3,}/gi, bytesOf),
  (text) => text.replace(/xn--[a-z0-9-]+/gi, (label) => decodePunycode(label.slice(4)) ?? label),
];

/** One layer, all escapes after one another: a name may be written half in one and half in another. */
function unescapeOnce(text: string): string {
  return escapes.reduce((now, undo) => undo(now), text);
}

const base = 36;
const thresholds = { least: 1, most: 26 } as const;

/** RFC 3492 §6.2; undefined where the label is none. */
function decodePunycode(label: string): string | undefined {
  const hyphen = label.lastIndexOf("-");
  const output = [...label.slice(0, Math.max(hyphen, 0))];
  let code = 128;
  let index = 0;
  let bias = 72;
  for (let at = hyphen + 1; at < label.length; ) {
    const before = index;
    let weight = 1;
    for (let k = base; ; k += base) {
      const digit = Number.parseInt(label[at++] ?? "", base);
      if (Number.isNaN(digit)) return undefined;
      // a…z are 0…25 and 0…9 are 26…35, the other way round than parseInt has them.
      const value = digit < 10 ? digit + 26 : digit - 10;
      index += value * weight;
      const threshold = Math.min(thresholds.most, Math.max(thresholds.least, k - bias));
      if (value < threshold) break;
      weight *= base - threshold;
    }
    bias = adapt(index - before, output.length + 1, before === 0);
    code += Math.floor(index / (output.length + 1));
    index %= output.length + 1;
    if (code > 0x10ffff) return undefined;
    output.splice(index++, 0, String.fromCodePoint(code));
  }
  return output.join("");
}

/** RFC 3492 §6.1. */
function adapt(delta: number, length: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : delta >> 1;
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > 455; k += base) rest = Math.floor(rest / (base - 1));
  return k + Math.floor((base * rest) / (rest + 38));
}

const digits64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function decodeBase64(token: string): number[] {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const digit of token.replace(/-/g, "+").replace(/_/g, "/")) {
    held = ((held << 6) | digits64.indexOf(digit)) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  return bytes;
}

/** UTF-16 in either order of bytes, where it says something: ideographs and plain characters, nothing else. */
function decodeUtf16(bytes: readonly number[]): string[] {
  const read = (high: number, low: number) => {
    const units = bytes.flatMap((_, i) => (i % 2 === 0 ? [((bytes[i + high] ?? 0) << 8) | (bytes[i + low] ?? 0)] : []));
    return String.fromCharCode(...units);
  };
  const sensible = /^(?=.*[\u4e00-\u9fff]{2})[\u4e00-\u9fff\x20-\x7e·]+$/;
  return bytes.length % 2 === 1 ? [] : [read(0, 1), read(1, 0)].filter((text) => sensible.test(text));
}

/** Three bytes, one ideograph, are the shortest that could mean anything. */
const shortestToken = 4;

/** A stroke parts the steps of a path or belongs to a token, so that steps are tried alone and together. */
const mostSteps = 12;

function tokensOf(text: string): Set<string> {
  const tokens = new Set([...(text.match(/[A-Za-z0-9_-]+/g) ?? []), ...(text.match(/[A-Za-z0-9]+/g) ?? [])]);
  for (const path of text.match(/[A-Za-z0-9+/]+/g) ?? []) {
    const steps = path.split("/").slice(-mostSteps);
    steps.forEach((_, from) => {
      for (let to = from + 1; to <= steps.length; to++) tokens.add(steps.slice(from, to).join("/"));
    });
  }
  return tokens;
}

/** What tokens hold that are Base64 or hexadecimal as a whole. */
function decodeTokens(text: string): string[] {
  return [...tokensOf(text)].flatMap((token) => {
    if (token.length < shortestToken) return [];
    const isHex = token.length % 2 === 0 && /^[0-9a-f]+$/i.test(token);
    const read = [decodeBase64(token), ...(isHex ? [hexPairs(token)] : [])];
    return read.flatMap((bytes) => [decodeUtf8(bytes) ?? "", ...decodeUtf16(bytes)]);
  });
}

/** A quick look: without any of these a text says nothing else than it shows. */
const mayHide = /[%&\\=]|xn--|U\+|[A-Za-z0-9+/_-]{4}/i;

/** Whether a text bears escaped bytes of an encoding that is not UTF-8: nobody can say what it means. */
export function hasUnreadableEscapes(text: string): boolean {
  return (text.match(/(?:%[0-9a-f]{2})+/gi) ?? []).some((run) => decodeUtf8(hexPairs(run)) === undefined);
}

/**
 * Every form of a text that escapes may hide, the text itself first. Random tokens make forms too; they are to be
 * searched for what is known, not read.
 */
export function decodedForms(text: string): string[] {
  const forms = new Set([text]);
  let layer = mayHide.test(text) ? [text] : [];
  for (let depth = 0; depth < layers && layer.length > 0; depth++) {
    const next: string[] = [];
    for (const form of layer) {
      const plain = unescapeOnce(form);
      for (const found of [plain, plain.replace(/\+/g, " "), ...decodeTokens(form)]) {
        if (found === "" || forms.has(found) || forms.size >= mostForms) continue;
        forms.add(found);
        next.push(found);
      }
    }
    layer = next;
  }
  return [...forms];
}
