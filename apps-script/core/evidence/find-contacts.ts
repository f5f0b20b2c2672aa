import type { Severity } from "../rules/rule.ts";
import { removeInvisible } from "../text/characters.ts";
import { toHalfWidth } from "../text/clean.ts";
import { cleanPhone } from "../text/phone.ts";

/** A number or account in a text: what stands there, with a little around it. */
export interface ContactHit {
  readonly text: string;
  readonly excerpt: string;
  readonly severity: Severity;
}

const around = 8;
const mobile = /(?<![\dA-Za-z.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\dA-Za-z])/g;
const landline = /(?<![\dA-Za-z.-])[(]?0\d{2,3}[)]?[- ]\d{7,8}(?![\dA-Za-z])/g;
const position = /[北南]纬 ?\d+(?:\.\d+)?°，[东西]经 ?\d+(?:\.\d+)?°/g;

const plain = (text: string) => removeInvisible(toHalfWidth(text));
const digits = (phone: string) => phone.replace(/\D/g, "");

function hitAt(text: string, start: number, end: number, severity: Severity): ContactHit {
  const before = `${start > around ? "…" : ""}${text.slice(Math.max(0, start - around), start)}`;
  const after = `${text.slice(end, end + around)}${text.length > end + around ? "…" : ""}`;
  const found = text.slice(start, end);
  return { text: found, excerpt: `${before}【${found}】${after}`.replace(/\s+/g, " "), severity };
}

/** The contact's own number is an error; any other telephone number is somebody's, to be looked at. */
export function findPhones(text: string, own: readonly string[]): ContactHit[] {
  const searched = plain(text);
  const known = new Set(own.map(digits));
  const hits: ContactHit[] = [];
  for (const pattern of [mobile, landline]) {
    for (const match of searched.matchAll(pattern)) {
      const isOwn = known.has(digits(cleanPhone(match[0])));
      hits.push(hitAt(searched, match.index, match.index + match[0].length, isOwn ? "error" : "warning"));
    }
  }
  // A landline number may be written in ways that the pattern does not know.
  for (const phone of own) {
    if (hits.some((hit) => digits(cleanPhone(hit.text)) === digits(phone))) continue;
    const at = searched.indexOf(phone);
    const inside = /\d/.test(searched.charAt(at - 1)) || /\d/.test(searched.charAt(at + phone.length));
    if (at >= 0 && !inside) hits.push(hitAt(searched, at, at + phone.length, "error"));
  }
  return hits;
}

/** Accounts of 教育云, whole: none inside a longer number or word. */
export function findAccounts(text: string, accounts: readonly string[]): ContactHit[] {
  const searched = plain(text);
  const lower = searched.toLowerCase();
  const hits: ContactHit[] = [];
  for (const account of accounts) {
    const wanted = account.toLowerCase();
    for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length)) {
      const inside = /[0-9a-z]/.test(lower.charAt(at - 1)) || /[0-9a-z]/.test(lower.charAt(at + wanted.length));
      if (!inside) hits.push(hitAt(searched, at, at + wanted.length, "error"));
    }
  }
  return hits;
}

/** A position that a camera or telephone wrote down, as the readers word it. */
export function findPositions(text: string): ContactHit[] {
  return [...text.matchAll(position)].map((match) =>
    hitAt(text, match.index, match.index + match[0].length, "warning"),
  );
}
