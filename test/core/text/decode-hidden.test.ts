import { domainToASCII } from "node:url";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodedForms, hasUnreadableEscapes } from "../../../apps-script/core/text/decode-hidden.ts";

const name = "欧阳明远";
const base64 = (text: string, encoding: BufferEncoding = "utf8") => Buffer.from(text, encoding).toString("base64");
const units = (text: string) => [...text].map((c) => c.charCodeAt(0));
const hex = (unit: number) => unit.toString(16).padStart(4, "0");

const encoders: Readonly<Record<string, (text: string) => string>> = {
  percent: encodeURIComponent,
  "percent in lower case": (t) => encodeURIComponent(t).toLowerCase(),
  "percent twice": (t) => encodeURIComponent(encodeURIComponent(t)),
  "percent four times": (t) => [1, 2, 3, 4].reduce((now) => encodeURIComponent(now), t),
  "percent of escape()": (t) =>
    units(t)
      .map((u) => `%u${hex(u).toUpperCase()}`)
      .join(""),
  "percent, a space as +": (t) => encodeURIComponent([...t].join(" ")).replace(/%20/g, "+"),
  "decimal references": (t) =>
    units(t)
      .map((u) => `&#${u};`)
      .join(""),
  "decimal references without semicolons": (t) =>
    units(t)
      .map((u) => `&#${u}`)
      .join(""),
  "hexadecimal references": (t) =>
    units(t)
      .map((u) => `&#x${hex(u)};`)
      .join(""),
  "references in an escaped text": (t) =>
    units(t)
      .map((u) => `&amp;#${u};`)
      .join(""),
  "references, then percent": (t) =>
    encodeURIComponent(
      units(t)
        .map((u) => `&#${u};`)
        .join(""),
    ),
  "\\u": (t) =>
    units(t)
      .map((u) => `\\u${hex(u)}`)
      .join(""),
  "\\u twice escaped": (t) =>
    units(t)
      .map((u) => `\\\\u${hex(u)}`)
      .join(""),
  "\\u{}": (t) =>
    units(t)
      .map((u) => `\\u{${u.toString(16)}}`)
      .join(""),
  "\\U": (t) =>
    units(t)
      .map((u) => `\\U0000${hex(u)}`)
      .join(""),
  "u without a stroke": (t) =>
    units(t)
      .map((u) => `u${hex(u)}`)
      .join(""),
  "0x": (t) =>
    units(t)
      .map((u) => `0x${hex(u)}`)
      .join(" "),
  CSS: (t) =>
    units(t)
      .map((u) => `\\${hex(u)} `)
      .join(""),
  "U+": (t) =>
    units(t)
      .map((u) => `U+${hex(u).toUpperCase()}`)
      .join(" "),
  "\\x of UTF-8": (t) => Buffer.from(t).toString("hex").replace(/../g, "\\x$&"),
  "quoted-printable": (t) => Buffer.from(t).toString("hex").toUpperCase().replace(/../g, "=$&"),
  Punycode: (t) => domainToASCII(`${t}.cn`),
  "Punycode beside letters": (t) => domainToASCII(`school-${t}.cn`),
  Base64: (t) => base64(t),
  "Base64 without padding": (t) => base64(t).replace(/=/g, ""),
  Base64url: (t) => Buffer.from(`?${t}>>>`).toString("base64url"),
  "Base64 of a sentence": (t) => base64(`作者：${t}，2025`),
  "Base64, percent": (t) => encodeURIComponent(base64(t)),
  "Base64 twice": (t) => base64(base64(t)),
  "Base64 of percent": (t) => base64(encodeURIComponent(t)),
  "Base64 of UTF-16": (t) => base64(t, "utf16le"),
  hexadecimal: (t) => Buffer.from(t).toString("hex"),
  "hexadecimal UTF-16": (t) => units(t).map(hex).join(""),
};

const places: Readonly<Record<string, (code: string) => string>> = {
  alone: (code) => code,
  "at the end of a path": (code) => `https://example.org/v/${code}`,
  "in a query": (code) => `https://example.org/play?id=7&who=${code}&t=1`,
  "a file's name": (code) => `https://pan.example.org/s/${code}.mp4 提取码：a1b2`,
};

const cases = Object.entries(encoders).flatMap(([how, encode]) =>
  Object.entries(places).map(([where, put]) => ({ how, where, link: put(encode(name)) })),
);
const flat = (forms: readonly string[]) => forms.map((form) => form.replace(/ /g, ""));

describe("a name in a link, encoded", () => {
  test.for(cases)("$how, $where", ({ link }) => {
    expect(link).not.toContain(name);
    expect(flat(decodedForms(link)).some((form) => form.includes(name))).toBe(true);
  });

  test("any name, in two codes one after the other", () => {
    const letter = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCharCode(code));
    const person = fc.array(letter, { minLength: 2, maxLength: 5 }).map((letters) => letters.join(""));
    const code = fc.constantFrom(...Object.keys(encoders).filter((how) => !/Punycode/.test(how)));
    fc.assert(
      fc.property(
        person,
        code,
        fc.constantFrom("percent", "Base64", "Base64url", "hexadecimal"),
        (who, inner, outer) => {
          const link = `https://example.org/${encoders[outer]!(encoders[inner]!(who))}`;
          return flat(decodedForms(link)).some((form) => form.includes(who));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("ordinary texts", () => {
  test("an address says what it says, and its own text comes first", () => {
    const link = "https://example.org/v/1";
    expect(decodedForms(link)[0]).toBe(link);
    expect(decodedForms("纯文字")).toEqual(["纯文字"]);
  });

  test("one that unfolds without end is read to 200 forms", () => {
    const tokens = Array.from({ length: 300 }, (_, i) => base64(`甲${i}`).replace(/=/g, ""));
    expect(decodedForms(tokens.join("."))).toHaveLength(200);
  });

  test.for([
    ["%D2%F8%B4%A8", true],
    ["https://example.org/%E9%93%B6", false],
    ["https://example.org/a%20b?x=100%25", false],
    ["100%", false],
  ] as const)("bytes of another encoding in %s: %s", ([text, unreadable]) => {
    expect(hasUnreadableEscapes(text)).toBe(unreadable);
  });
});
