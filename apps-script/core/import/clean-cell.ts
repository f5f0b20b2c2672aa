/** One cell of an input as our workbook keeps it. What cannot be read for certain stays as it was typed. */

import { parseField, parseTrack } from "../award/read-award.ts";
import type { Notice } from "../notice/notice.ts";
import {
  absent,
  cancelled,
  expertStatus,
  no,
  present,
  submissionStatus,
  unitKindLabels,
  valid,
  yes,
} from "../schema/choices.ts";
import type { ChoiceSource, ColumnSpec } from "../schema/sheet-spec.ts";
import { parseCivilDate } from "../text/civil-date.ts";
import { cleanIdentifier, cleanText, foldForComparison, toHalfWidth, toStandardCharacters } from "../text/clean.ts";
import { parseDuration, timeCellToDuration, writeDuration } from "../text/duration.ts";
import { isRuinedIdentifier } from "../text/identifier.ts";
import { splitList } from "../text/list.ts";
import { readPeople } from "../text/person-names.ts";
import { cleanPhone } from "../text/phone.ts";
import { formatResolution, parseResolution } from "../text/resolution.ts";
import { crossMarks, tickMarks } from "../text/tick-marks.ts";
import { cellText } from "../workbook/cell-text.ts";
import { isVacant } from "../workbook/fingerprint.ts";
import type { CellValue, PlainValue } from "../workbook/port.ts";

export interface CleaningContext {
  readonly notice: Notice;
  /** 单位名称 of the one unit that a text names. */
  readonly unitName: (text: string) => string | undefined;
  /** Choices read before: the same few texts stand in thousands of rows. */
  readonly choicesRead: Map<string, string | undefined>;
}

export interface CleanCell {
  readonly value: CellValue;
  /** What was typed, where the change is to be reported. */
  readonly was?: string;
  /** A spreadsheet program would have run what was typed. */
  readonly formula?: true;
  /** What a person should know, although the value was taken. */
  readonly remark?: string;
}

const LEADING = /^[\s\u00a0\u3000\u200b-\u200f\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
const NUMBER_OR_PHONE = /^[+-]?[\d.,%()/ -]+$/;
const HAS_CONTENT = /[^\s=+\-@\uff1d\uff0b\uff0d\uff20\u2010-\u2015_.*]/;
/** `="00123"`: how exports keep a spreadsheet from reading an identifier as a number. */
const QUOTED_IDENTIFIER = /^="([^"]*)"$/;
const TEXT_MARK = /^['‘’`](?=[0-9A-Za-z])/;
const AFTER_STAGE = /^(?:学段|阶段|组|段)?$/;

/** Whether a spreadsheet program would take this text for a formula; signed numbers and +86 numbers are none. */
export function wouldRun(text: string): boolean {
  return LEADING.test(text) && HAS_CONTENT.test(text) && !NUMBER_OR_PHONE.test(toHalfWidth(text).trim());
}

function pick(text: string, groups: readonly (readonly [string, readonly string[]])[]): string | undefined {
  const folded = foldForComparison(text) || text.trim();
  return groups.find(([label, others]) => [label, ...others].some((o) => (foldForComparison(o) || o) === folded))?.[0];
}

const affirmed = ["y", "yes", "true", ...tickMarks];
const denied = ["n", "no", "false", ...crossMarks];
const yesNoGroups = [
  [yes, [...affirmed, "有"]],
  [no, [...denied, "无", "没有", "未", "不是"]],
] as const;
const presenceGroups = [
  [present, [...affirmed, "是", "已有"]],
  [absent, [...denied, "否", "没有"]],
] as const;
const recommendGroups = [
  [yes, [...affirmed, "推荐"]],
  [no, [...denied, "不推荐", "未推荐"]],
] as const;
const unitKindGroups = [
  [unitKindLabels.bureau, ["市县区教育局", "县区教育局", "区县教育局", "市教育局", "教育行政部门"]],
  [unitKindLabels.school, ["直属学校", "厅直属中小学校", "厅直属中小学", "厅直学校", "区直属学校"]],
] as const;
const statusGroups = [
  [valid, ["正常"]],
  [cancelled, ["取消", "取消评选资格", "已取消资格"]],
] as const;

const same = (labels: readonly string[]) => labels.map((label) => [label, []] as const);

function readStage(text: string, stages: readonly string[], other: string): string | undefined {
  const bare = foldForComparison(text);
  if (bare === "其它") return stages.find((stage) => stage === other);
  return stages.find((stage) => bare.startsWith(stage) && AFTER_STAGE.test(bare.slice(stage.length)));
}

/** The entry of the drop-down that a text means for certain. */
function readChoice(
  key: string,
  source: ChoiceSource,
  text: string,
  { notice, unitName }: CleaningContext,
): string | undefined {
  switch (source) {
    case "fields":
      return parseField(notice, text)?.label;
    case "tracks": {
      const track = parseTrack(notice, text);
      return notice.tracks.find((t) => t.key === track)?.label;
    }
    case "stages":
      return readStage(text, notice.stages, notice.otherStage);
    case "submissionStages":
      return readStage(text, [...notice.stages, notice.otherStage], notice.otherStage);
    case "roles":
      return pick(text, same(notice.roles.flatMap((role) => [role.label, ...role.aliases])));
    case "yesNo":
      return pick(text, key === "recommended" ? recommendGroups : yesNoGroups);
    case "presence":
      return pick(text, presenceGroups);
    case "unitKinds":
      return pick(text, unitKindGroups);
    case "unitNames":
      return unitName(text);
    case "submissionStatus":
      return pick(text, [...same(submissionStatus), ...statusGroups]);
    case "cancellationKinds":
      return pick(text, same(notice.cancellation.kinds.map((k) => k.label)));
    case "expertStatus":
      return pick(text, same(expertStatus));
    case "decisions":
    case "awards":
      return undefined;
  }
}

/** As `readChoice`, remembered. */
export function recallChoice(
  key: string,
  source: ChoiceSource,
  text: string,
  context: CleaningContext,
): string | undefined {
  const { choicesRead } = context;
  const asked = `${key === "recommended" ? key : source}:${text}`;
  if (!choicesRead.has(asked)) choicesRead.set(asked, readChoice(key, source, text, context));
  return choicesRead.get(asked);
}

function joinList(key: string, text: string, context: CleaningContext): string {
  // A slash may belong to an entry or an address: such a list stays as it was typed.
  if (text.includes("/")) return text;
  const entries = splitList(text);
  if (key === "fields") return entries.map((entry) => parseField(context.notice, entry)?.label ?? entry).join("、");
  return entries.join("、");
}

const told = (typed: string, value: string): CleanCell =>
  foldForComparison(typed) === foldForComparison(value) ? { value } : { value, was: typed };

/** A title, a number or a bracket is no part of a name. Several people stay as they were typed, for AUTHOR-CELL to show. */
function cleanNameCell(typed: string): CleanCell {
  const { people, others } = readPeople(typed);
  const [only] = people;
  return only === undefined || people.length > 1 || others ? { value: cleanText(typed) } : told(typed, only.name);
}

/** What a bracket says, such as the unit, stays behind its name: there is no column for it. */
function cleanOtherAuthors(typed: string): CleanCell {
  const { people, others } = readPeople(typed);
  if (people.length === 0 || others) return { value: cleanText(typed) };
  return told(typed, people.map(({ name, note }) => (note === "" ? name : `${name}（${note}）`)).join("、"));
}

/** A number as people type it: `1,512`, `512字`. */
export function readNumber(text: string): number | undefined {
  const bare = cleanIdentifier(text)
    .replace(/[字分]$/, "")
    .replace(/,(?=\d{3}(?:\D|$))/g, "");
  return /^-?\d+(?:\.\d+)?$/.test(bare) ? Number(bare) : undefined;
}

/** A number without exponent or decimals it was not typed with; one that lost digits so that the loss shows. */
function identifierFromNumber(value: number): string {
  if (!isRuinedIdentifier(value)) return String(value);
  const digits = String(value);
  return isRuinedIdentifier(digits) ? digits : value.toExponential().toUpperCase();
}

function cleanIdentifierCell(key: string, raw: PlainValue): CleanCell {
  if (typeof raw === "number") return { value: identifierFromNumber(raw) };
  const typed = cellText(raw);
  const inner = QUOTED_IDENTIFIER.exec(typed.trim())?.[1] ?? typed.replace(TEXT_MARK, "");
  if (isRuinedIdentifier(inner)) return { value: cleanText(inner) };
  if (wouldRun(inner)) return { value: cleanText(inner), was: typed, formula: true };
  const value = key === "phone" ? cleanPhone(inner) : cleanIdentifier(inner);
  return value === typed.trim() ? { value } : { value, was: typed };
}

function cleanDate(raw: PlainValue): CellValue {
  if (raw !== null && typeof raw === "object" && raw.kind === "date")
    return { kind: "date", iso: raw.iso.slice(0, 10) };
  const text = cellText(raw);
  const iso = parseCivilDate(typeof raw === "number" ? raw : text);
  if (iso !== undefined) return { kind: "date", iso };
  return typeof raw === "number" ? raw : cleanText(text);
}

function cleanDuration(raw: PlainValue): CellValue {
  if (raw !== null && typeof raw === "object" && raw.kind === "time")
    return writeDuration(timeCellToDuration(raw.seconds));
  if (typeof raw === "number") return raw;
  const seconds = parseDuration(cellText(raw));
  return seconds === undefined ? cleanText(cellText(raw)) : writeDuration(seconds);
}

/** The sections keep their spaces and paragraphs as the authors set them. */
function tidyParagraphs(text: string): string {
  return text.replace(/\r\n?/g, "\n").trim();
}

function cleanValue(column: ColumnSpec, raw: PlainValue, context: CleaningContext): CleanCell {
  const { key, kind } = column;
  if (kind === "identifier") return cleanIdentifierCell(key, raw);
  const typed = cellText(raw);
  const text = kind === "longText" ? tidyParagraphs(typed) : cleanText(typed);
  if (typeof raw === "string" && wouldRun(raw)) return { value: text, was: typed, formula: true };
  if (kind === "date" || kind === "dateTime") return { value: cleanDate(raw) };
  if (kind === "duration") return { value: cleanDuration(raw) };
  if (kind === "number") return { value: typeof raw === "number" ? raw : (readNumber(typed) ?? text) };
  if (kind === "choice" && column.choices) return { value: recallChoice(key, column.choices, typed, context) ?? text };
  if (kind === "resolution") {
    const resolution = parseResolution(typed);
    return { value: resolution ? formatResolution(resolution) : text };
  }
  if (kind === "name") return cleanNameCell(typed);
  if (key === "otherAuthors") return cleanOtherAuthors(typed);
  if (kind === "list") return { value: joinList(key, text, context) };
  return { value: text };
}

/**
 * Cleans a cell for one of our columns (DESIGN §4). A formula counts by its last result, or, never calculated, by its
 * own text; either way it is reported. Values that cannot be read stay as typed for the rules to show.
 */
export function cleanCell(column: ColumnSpec, raw: CellValue, context: CleaningContext): CleanCell {
  if (raw === null) return { value: null };
  if (typeof raw === "object" && raw.kind === "link") {
    const isAddress = column.key === "link" && !raw.text.includes("://") && raw.target.includes("://");
    return cleanCell(column, isAddress ? raw.target : raw.text, context);
  }
  if (typeof raw === "object" && raw.kind === "formula") {
    const typed = `=${raw.formula}`;
    if (isVacant(raw.result)) return { value: typed, was: typed, formula: true };
    const { value } = cleanCell(column, raw.result, context);
    return column.kind === "number" ? { value } : { value, was: typed, formula: true };
  }
  if (isVacant(raw)) return { value: null };
  if (typeof raw === "object" && raw.kind === "error") {
    return { value: raw, remark: `来源文件此格是公式错误值 ${raw.code}，已照原样写入，请补正` };
  }
  const isShort = typeof raw === "string" && column.kind !== "longText";
  const spelled = isShort ? toStandardCharacters(raw) : raw;
  const read = cleanValue(column, spelled, context);
  const cleaned = isShort && spelled !== raw ? { ...read, was: raw } : read;
  return isVacant(cleaned.value) ? { value: null } : cleaned;
}
