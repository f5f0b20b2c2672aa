import type { AwardData } from "../award/award.ts";
import { readAward } from "../award/read-award.ts";
import type { Notice } from "../notice/notice.ts";
import { allRules } from "../rules/index.ts";
import type { Finding, Rule } from "../rules/rule.ts";
import { severityLabels } from "../schema/choices.ts";
import type { SheetPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { sortFindings } from "./judge.ts";
import { patchNotes } from "./marks-and-notes.ts";

/** The tables whose rows are judged while people type. */
export type LiveTable = "submissions" | "experts" | "liaisons";

export interface LiveRequest {
  readonly table: LiveTable;
  /** 1-based rows that were edited. */
  readonly rows: readonly number[];
  /** Whether the snapshot has the texts of these submissions; without them nothing is said about texts. */
  readonly withTexts: boolean;
}

interface LiveOutcome {
  /** About the edited rows alone, the worst first. */
  readonly findings: readonly Finding[];
  /** The notes of the edited rows; nothing is there but notes. */
  readonly patch: SheetPatch;
  /** The first problem in one sentence for people, and how many there are; "" when nothing is to be said. */
  readonly message: string;
}

/** Rules that look across rows; all others judge a row by itself, so that they need see the edited rows only. */
const acrossRows: ReadonlySet<string> = new Set([
  "SUB-ID-DUPLICATE",
  "SUB-TITLE-DUPLICATE",
  "AUTHOR-FIRST-LIMIT",
  "AUTHOR-TOTAL-LIMIT",
  "AUTHOR-IDENTITY",
  "QUOTA-TRACK",
  "QUOTA-SCHOOL",
  "EXPERT-DUPLICATE",
  "EXPERT-IS-AUTHOR",
  "EXPERT-CONFLICT",
]);

/** Rules that need 正文 as a whole, or the record of imports, or speak of units: the full check has them. */
const notLive: ReadonlySet<string> = new Set([
  "TEXT-DUPLICATE",
  "TEXT-ORPHAN",
  "DATA-CLEANED",
  "EXPERT-COUNT",
  "LIAISON-COUNT",
]);

/** The columns that tell rows apart stay in view, and whoever may type in a row may write a note there. */
const keyInView: Readonly<Record<LiveTable, string>> = { submissions: "id", experts: "name", liaisons: "name" };

const families: Readonly<Record<LiveTable, RegExp>> = {
  submissions: /^(?:SETTING|SUB|TEXT|VIDEO|AUTHOR|ANON|QUOTA|DATA)-/,
  experts: /^(?:SETTING|EXPERT|DATA)-/,
  liaisons: /^(?:SETTING|LIAISON|DATA)-/,
};

/** Whether a rule has its say while people type. */
export function isLive({ code }: Pick<Rule, "code">, { table, withTexts }: LiveRequest): boolean {
  if (notLive.has(code) || !families[table].test(code)) return false;
  return withTexts || !code.startsWith("TEXT-");
}

/**
 * Judges edited rows by every rule that the tables of the snapshot suffice for, limits across rows included. Tables
 * that the rules of the edited one do not look at may be empty but for their headers.
 *
 * @throws WorkbookStructureError when a sheet or column of the contract is missing
 */
export function checkRows(snapshot: WorkbookSnapshot, baseNotice: Notice, request: LiveRequest): LiveOutcome {
  const award = readAward(snapshot, baseNotice);
  const { name, positions } = award.tables[request.table];
  const rows = new Set(request.rows);
  const own = onlyRows(award, request.table, rows);
  const all: Finding[] = [];
  for (const rule of allRules) {
    if (!isLive(rule, request)) continue;
    const context = { ...(acrossRows.has(rule.code) ? award : own), cleaned: [], prior: [], earlier: [...all] };
    for (const draft of rule.check(context)) {
      const { severity = rule.severity, article = rule.article(award.settings.notice), ...rest } = draft;
      all.push({ code: rule.code, severity, article, ...rest });
    }
    // Nothing is judged by a limit that is not meant.
    if (rule.code === "SETTING-VALUE" && all.length > 0) {
      return {
        findings: [],
        patch: { name },
        message: `“${award.tables.settings.name}”表有误，暂不能检查：${all[0]?.message}`,
      };
    }
  }
  const findings = sortFindings(
    award,
    all.filter((finding) => finding.sheet === name && rows.has(finding.row)),
  );
  const notes = snapshot.sheets.find((sheet) => sheet.name === name)?.notes ?? new Map<string, string>();
  const column = (positions as ReadonlyMap<string, number>).get(keyInView[request.table]) ?? 1;
  const inView = { column, isMany: rows.size > 1 };
  const ofRows = new Map([...notes].filter(([key]) => rows.has(Number(key.split(":")[0]))));
  return {
    findings,
    patch: { name, notes: patchNotes(ofRows, award.tables, findings, inView) },
    message: describeFirst(findings),
  };
}

/** The award as if it had these rows alone, for rules that look at one row at a time. */
function onlyRows(award: AwardData, table: LiveTable, rows: ReadonlySet<number>): AwardData {
  const pick = <T extends { readonly record: { readonly row: number } }>(
    from: LiveTable,
    records: readonly T[],
  ): T[] => (from === table ? records.filter(({ record }) => rows.has(record.row)) : []);
  return {
    ...award,
    // Indexes of an award are kept by its tables; these rows need their own.
    tables: { ...award.tables },
    submissions: pick("submissions", award.submissions),
    experts: pick("experts", award.experts),
    liaisons: pick("liaisons", award.liaisons),
    texts: [],
  };
}

function describeFirst(findings: readonly Finding[]): string {
  const [first] = findings;
  if (!first || first.severity === "info") return "";
  const more = findings.length > 1 ? `（共 ${findings.length} 处，详见各单元格的批注）` : "";
  return `第 ${first.row} 行${first.column === "" ? "" : `“${first.column}”`}，${severityLabels[first.severity]}：${first.message}${more}`;
}
