/** The headings of a filled-in 案例模板, however people have numbered, spaced or shortened them. */
import { textsSheet } from "../schema/application.ts";
import { isInvisible, isSpace } from "../text/characters.ts";
import { foldForComparison, toHalfWidth } from "../text/clean.ts";
import { once } from "../text/once.ts";
import { sectionAliases } from "./aliases.ts";
import { sectionKeys } from "./count-texts.ts";

export type SectionKey = (typeof sectionKeys)[number];

interface Heading {
  readonly section: SectionKey | "materials";
  /** The name of the form itself; else one that may as well head a part of another section. */
  readonly certain: boolean;
  /** What stands behind the heading in its line. */
  readonly rest: string;
  /** A bracket that this line opens and does not close: the hint of the form, which ends in a later line, or never. */
  readonly openHint: string;
}

/** 一、 / （一） / 1. / 1.1 / 第一部分 / ① / Ⅰ. / ● and several of them in a row; half-width already. */
const NUMBERING =
  /^(?:\s*(?:第[一二三四五六七八九十]+(?:部分|[章节])|[（(]\s*[一二三四五六七八九十\d]+\s*[）)]|[一二三四五六七八九十]+(?=[、.,:\s])|\d{1,2}(?:\.\d{1,2})*(?=[、.,):\s]|[^\d.%])|[①-⓿㈠-㈩Ⅰ-Ⅻⅰ-ⅻ]|[IVX]+(?=[、.])|[●•■◆▲★※○□◇◎*#-])[、.,):\s]*)+/;
const CONNECTIVES = new Set([..."的和与及、"]);
const OPENING = /^[【[〔《“「\s]+/;
const CLOSING = /^[】\]〕》”」\s]+/;
/** What the hints of the form say: 限 500 字以内, 请简要概括…, 阐述…, 3～5 个. */
const HINT_WORDS = /限|字|请|阐述|概括|以内|个|续/;
const BRACKETS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "【": "】" };

const fold = (name: string) => [...foldForComparison(name)].filter((c) => !CONNECTIVES.has(c)).join("");
/** 案例的研究和实践过程 and 研究与实践过程 are one name. */
const foldName = (name: string) => fold(name).replace(/^本?案例/, "");

interface Name {
  readonly section: Heading["section"];
  readonly name: string;
  readonly certain: boolean;
}

function namesOfSections(): Name[] {
  const sections = sectionKeys.flatMap((section): Name[] => {
    const label = textsSheet.columns.find((c) => c.key === section)?.label ?? "";
    const own = foldName(label);
    const others = (sectionAliases[section] ?? []).map(foldName).filter((name) => name !== own);
    return [{ section, name: own, certain: true }, ...others.map((name) => ({ section, name, certain: false }))];
  });
  const materials = ["支撑材料清单", "支撑材料目录", "支撑材料列表", "支撑材料", "佐证材料清单"].map((name): Name => {
    return { section: "materials", name: foldName(name), certain: true };
  });
  return [...sections, ...materials].sort((a, b) => b.name.length - a.name.length);
}

const names = once(namesOfSections);
const LONGEST_NAME = 24;

/** A line without its number; whether it had one. */
export function withoutNumbering(line: string): { text: string; numbered: boolean } {
  const length = NUMBERING.exec(toHalfWidth(line))?.[0].length ?? 0;
  return { text: line.slice(length), numbered: length > 0 };
}

/** The beginning of a line folded, with where in the line each folded character ends. */
function foldStart(line: string): { folded: string; ends: number[] } {
  let folded = "";
  const ends: number[] = [];
  for (let i = 0; i < line.length && folded.length < LONGEST_NAME; i++) {
    const unit = line.charCodeAt(i);
    if (isSpace(unit) || isInvisible(unit) || CONNECTIVES.has(line[i] as string)) continue;
    const character = fold(line[i] as string);
    if (character === "") break;
    folded += character;
    for (let j = 0; j < character.length; j++) ends.push(i + 1);
  }
  return { folded, ends };
}

/** Takes the brackets at the start of a text away; `open` when they do not close in it. */
function skipBrackets(text: string): { bracket: string; rest: string; open: boolean } {
  const half = toHalfWidth(text);
  const waiting: string[] = [];
  for (let i = 0; i < half.length; i++) {
    const closing = BRACKETS[half[i] as string];
    if (closing !== undefined) waiting.push(closing);
    else if (half[i] === waiting[waiting.length - 1]) waiting.pop();
    if (waiting.length === 0) return { bracket: text.slice(0, i + 1), rest: text.slice(i + 1), open: false };
  }
  return { bracket: text, rest: "", open: waiting.length > 0 };
}

/**
 * Reads a line as the heading of a section: the name alone, with a hint in brackets, with a colon and the text, or,
 * numbered or at the start of a cell, with a space and the text. undefined for running text.
 */
export function readHeading(line: string, startsCell: boolean): Heading | undefined {
  const { text: numberless, numbered } = withoutNumbering(line);
  const text = numberless.replace(OPENING, "");
  const { folded, ends } = foldStart(text);
  const skip = /^本?案例/.exec(folded)?.[0].length ?? 0;
  for (const from of skip > 0 ? [skip, 0] : [0]) {
    const found = names().find(({ name }) => folded.startsWith(name, from));
    if (!found) continue;
    const after = text.slice(ends[from + found.name.length - 1] ?? 0);
    const read = readAfterName(after, numbered || startsCell);
    return read && { section: found.section, certain: found.certain, ...read };
  }
  return undefined;
}

function readAfterName(after: string, mayGoOn: boolean): Pick<Heading, "rest" | "openHint"> | undefined {
  let rest = after.replace(CLOSING, "");
  let hinted = false;
  while (BRACKETS[toHalfWidth(rest.trimStart())[0] ?? ""] !== undefined) {
    const { bracket, rest: behind, open } = skipBrackets(rest.trimStart());
    if (open) return { rest: "", openHint: bracket };
    hinted ||= HINT_WORDS.test(bracket);
    rest = behind;
    if (!hinted && rest.trim() !== "" && !/^\s*[:：]/.test(rest)) return undefined;
  }
  const tail = rest.replace(CLOSING, "");
  const content = tail.replace(/^[\s:：.。]+/, "");
  // A page number in a table of contents.
  if (content === "" || isHint(content) || /^[\d.…·\s]+$/.test(content)) return { rest: "", openHint: "" };
  const parted = /^\s*[:：]/.test(tail) || hinted || (mayGoOn && /^\s/.test(after));
  return parted ? { rest: content, openHint: "" } : undefined;
}

/** What a person wrote behind a hint whose bracket was never closed. */
export function textBehindHint(openHint: string): string {
  const limit = /^.[^。]{0,60}?(?:\d\s*字(?:以内)?|以内)[。，、\s]*/.exec(openHint)?.[0];
  if (limit !== undefined) return openHint.slice(limit.length);
  return HINT_WORDS.test(openHint) && openHint.length <= 60 ? "" : openHint;
}

/** Whether a line is nothing but a hint of the form: （请简要概括…，限 500 字以内）. */
export function isHint(line: string): boolean {
  const text = line.trim();
  if (/^[（(]?(?:(?:限|不超过)\s*\d+\s*字(?:以内)?|\d+\s*字以内)[）)]?[。.]?$/.test(toHalfWidth(text))) return true;
  if (BRACKETS[toHalfWidth(text)[0] ?? ""] === undefined) return false;
  const { bracket, rest, open } = skipBrackets(text);
  return !open && rest.trim() === "" && /限.*字|^.(?:请|阐述)/.test(bracket);
}
