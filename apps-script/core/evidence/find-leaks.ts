/** Anonymity over everything that a reviewer could open: pieces of text out of files against the submission's people. */
import { findNameHits } from "../rules/anonymity/applicant-names.ts";
import { findRegionHits } from "../rules/anonymity/applicant-regions.ts";
import { findUnitHits } from "../rules/anonymity/applicant-units.ts";
import { type Hit, quoteHits, worstOf } from "../rules/anonymity/hit.ts";
import type { Severity } from "../rules/rule.ts";
import { makeSearchable, type SearchableText } from "../text/find-names.ts";
import type { Applicants } from "./applicants.ts";
import type { TextKind, TextPiece } from "./file-facts.ts";
import { type ContactHit, findAccounts, findPhones, findPositions } from "./find-contacts.ts";
import { remedyFor } from "./leak-remedies.ts";

type LeakCode = "ANON-NAME" | "ANON-UNIT" | "ANON-REGION" | "ANON-ACCOUNT" | "ANON-PHONE" | "ANON-POSITION";

/** One kind of leak in one piece. */
export interface Leak {
  readonly code: LeakCode;
  readonly severity: Severity;
  readonly kind: TextKind;
  readonly place: string;
  /** The words found, each once, 、-separated. */
  readonly text: string;
  readonly message: string;
  readonly remedy: string;
}

const whatLeaks: Readonly<Record<LeakCode, string>> = {
  "ANON-NAME": "作者姓名",
  "ANON-UNIT": "申报单位",
  "ANON-REGION": "所在地区",
  "ANON-ACCOUNT": "作者的教育云账号",
  "ANON-PHONE": "电话号码",
  "ANON-POSITION": "拍摄位置",
};

/** Kinds of running text, where two characters in a row may be a word by chance. */
const running: ReadonlySet<TextKind> = new Set([
  "body",
  "header",
  "footnote",
  "comment",
  "inserted",
  "deleted",
  "hidden",
  "notes",
]);

/** A cell, a field or a comment's author that holds nothing but the name is no running text either. */
function isRunning(piece: TextPiece, text: SearchableText, names: readonly string[]): boolean {
  if (!running.has(piece.kind)) return false;
  return !names.some((name) => makeSearchable(name).folded === text.folded);
}

function describeHits(piece: TextPiece, code: LeakCode, text: SearchableText, hits: readonly Hit[]): Leak[] {
  if (hits.length === 0) return [];
  const words = [...new Set(hits.map((hit) => hit.needle))].join("、");
  return [describe(piece, code, worstOf(hits), words, quoteHits(text, hits))];
}

function describeContacts(piece: TextPiece, code: LeakCode, hits: readonly ContactHit[]): Leak[] {
  const worst = hits.find((hit) => hit.severity === "error") ?? hits[0];
  if (!worst) return [];
  const words = [...new Set(hits.map((hit) => hit.text))].join("、");
  return [describe(piece, code, worst.severity, words, `“${worst.text}”（${worst.excerpt}）`)];
}

function describe(piece: TextPiece, code: LeakCode, severity: Severity, words: string, quoted: string): Leak {
  const doubt = severity === "error" ? "" : code === "ANON-POSITION" ? "，可能透露所在地区" : "，请核对是否指申报人";
  return {
    code,
    severity,
    kind: piece.kind,
    place: piece.place,
    text: words,
    message: `${piece.place}中出现${whatLeaks[code]}${quoted}${doubt}`,
    remedy: `${remedyFor(piece.kind, piece.place)}。`,
  };
}

function leaksOf(piece: TextPiece, applicants: Applicants): Leak[] {
  const text = makeSearchable(piece.text);
  const place = { text, running: isRunning(piece, text, applicants.names) };
  const units = findUnitHits(place, applicants.units);
  return [
    ...describeHits(piece, "ANON-NAME", text, findNameHits(place, applicants.names)),
    ...describeHits(piece, "ANON-UNIT", text, units),
    ...describeHits(piece, "ANON-REGION", text, findRegionHits(place, applicants.regions, units)),
    ...describeContacts(piece, "ANON-ACCOUNT", findAccounts(piece.text, applicants.accounts)),
    ...describeContacts(piece, "ANON-PHONE", findPhones(piece.text, applicants.phones)),
    ...(piece.kind === "metadata" ? describeContacts(piece, "ANON-POSITION", findPositions(piece.text)) : []),
  ];
}

/** The same words in places of one sort (the paragraphs, the cells of a sheet) are reported this often; who removes them looks at the whole file anyway. */
const toldPlaces = 5;

function foldRepeated(leaks: readonly Leak[]): Leak[] {
  const groups = new Map<string, Leak[]>();
  for (const leak of leaks) {
    const sortOfPlace = leak.place.replace(/[A-Z]*\d+/g, "");
    const key = [leak.code, leak.severity, leak.kind, leak.text, sortOfPlace].join("\n");
    const group = groups.get(key);
    if (!group) groups.set(key, [leak]);
    else if (!group.some((earlier) => earlier.place === leak.place)) group.push(leak);
  }
  return [...groups.values()].flatMap((group) => {
    const told = group.slice(0, toldPlaces);
    const more = group.length - told.length;
    return more === 0
      ? told
      : told.map((leak, i) =>
          i < told.length - 1 ? leak : { ...leak, message: `${leak.message}；同样的文字在别处另有 ${more} 处` },
        );
  });
}

/**
 * What gives away who applies in one file, by the judgement of the rules ANON-NAME, ANON-UNIT and ANON-REGION; a bare name of
 * two characters in running text is a warning. Accounts, telephone numbers and positions are looked for besides.
 */
export function findLeaks(pieces: readonly TextPiece[], applicants: Applicants): Leak[] {
  return foldRepeated(pieces.flatMap((piece) => leaksOf(piece, applicants)));
}

/** The names of folders and of the file itself, for findLeaks. @param path within the submission's own folder */
export function namePieces(path: string): TextPiece[] {
  const names = path.split(/[/\\]/).filter((name) => name !== "");
  return names.map((text, i) => ({ kind: "metadata", place: i < names.length - 1 ? "文件夹名" : "文件名", text }));
}
