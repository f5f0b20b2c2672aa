/**
 * Takes earlier winners into 往届. Who has won is told by lists; earlier workbooks, 填报表 and filled-in templates, which
 * hold every case, add units and texts to the winners that the lists name.
 */
import type { Submission } from "../award/award.ts";
import { type PriorPerson, type PriorWinner, priorPatch, readPriorWinners } from "../award/prior-winners.ts";
import { readAward } from "../award/read-award.ts";
import type { Notice } from "../notice/notice.ts";
import { priorSheet, submissionsSheet, textsSheet } from "../schema/application.ts";
import { resultsSheet } from "../schema/review.ts";
import { bearsLabels, readSheetTable } from "../tables/table.ts";
import { whichWorkbook, workbookLabels } from "../tables/which-workbook.ts";
import { foldForComparison, isSameText } from "../text/clean.ts";
import { compareText } from "../text/compare.ts";
import { addToGroup } from "../text/group-by.ts";
import { identifierKey, titleKey } from "../text/identity.ts";
import { sha256 } from "../text/sha256.ts";
import { sampleTexts, writeSample } from "../text/text-sample.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { sectionKeys } from "./count-texts.ts";
import { readDocumentTables } from "./document-tables.ts";
import { readFormDocument } from "./form-document.ts";
import type { ImportEntry, ImportInput, ImportReport } from "./plan-import.ts";
import { type PriorClaim, readPriorTable } from "./prior-table.ts";
import type { RejectedRow, Remark } from "./read-rows.ts";

export const priorAction = "导入往届";

type InputSheet = ImportInput["sheets"][number];
type Rows = InputSheet["rows"];

/** A table, or a file, and what is found in it. */
interface Source {
  readonly file: string;
  readonly encoding: string;
  /** Of a list of winners; "" where only units and texts come from it. */
  readonly list: string;
  readonly claims: readonly PriorClaim[];
  readonly rejected: readonly RejectedRow[];
}

/** A winner as it will stand, with what this call alone knows of it. */
interface Entry {
  winner: PriorWinner;
  readonly before: PriorWinner | undefined;
  readonly ids: Set<string>;
  /** Of the sources of this call. */
  readonly toldBy: Set<Source>;
}

const baseName = (file: string) => file.replace(/^.*\//, "");

/** Names no file, and is the same for a list of the same name. */
const listDigest = (file: string, sheet: string) =>
  sha256(JSON.stringify([baseName(file), sheet].map(foldForComparison))).slice(0, 8);

const refuse = (input: ImportInput, reason: string, row = 0): Source => ({
  file: input.file,
  encoding: input.encoding,
  list: "",
  claims: [],
  rejected: [{ row, reason }],
});

/** Every case that the files tell of, with its text where they hold it. */
export const readPriorClaims = (inputs: readonly ImportInput[]): PriorClaim[] =>
  inputs.flatMap(sourcesOf).flatMap(({ claims }) => claims);

function sourcesOf(input: ImportInput): Source[] {
  const { file, encoding, document } = input;
  const common = { file, encoding };
  const form = document && readFormDocument(document.blocks);
  if (form) {
    const title = form.facts.get("title") ?? form.frontLines[0] ?? "";
    const text = sectionKeys.map((key) => form.sections.get(key) ?? "").join("\n");
    const claim = { id: form.facts.get("id") ?? "", title, people: [], award: "", text };
    return [{ ...common, list: "", claims: [claim], rejected: [] }];
  }
  const kind = whichWorkbook(input.sheets.map(({ name }) => name));
  const sheet = (label: string) => input.sheets.find(({ name }) => isSameText(name, label));
  switch (kind) {
    case "scoreSheet":
      return [refuse(input, "这是专家的评分表，里面没有获奖名单，没有收下。请确认选对了文件。")];
    case "application":
    case "unitForm": {
      const cases = readPriorTable(sheet(submissionsSheet.label)?.rows ?? [], false);
      const claims = "reason" in cases ? [] : cases.claims;
      return [{ ...common, list: "", claims: withTexts(claims, sheet(textsSheet.label)), rejected: [] }];
    }
    case "review":
      return [listOf(input, resultsSheet.label, sheet(resultsSheet.label)?.rows ?? [])];
    default: {
      const tables = document
        ? joinPages(readDocumentTables(document.blocks))
        : input.sheets.filter(({ hidden, rows }) => !hidden && rows.some((row) => row.length > 0));
      const lists = tables.map(({ name, rows }) => listOf(input, document ? "" : name, rows));
      // Beside a list other sheets say something else.
      const good = lists.filter(({ list }) => list !== "");
      if (good.length > 0) return good;
      return lists.slice(0, 1).concat(lists.length > 0 ? [] : refuse(input, "文件里没有表格。请确认选对了文件。"));
    }
  }
}

/** A table of a document without a header of its own goes on with the one before. */
function joinPages(tables: readonly { readonly name: string; readonly rows: Rows }[]) {
  const rows = tables.flatMap((table) => [...table.rows]);
  return rows.length === 0 ? [] : [{ name: "", rows }];
}

function listOf(input: ImportInput, name: string, rows: Rows): Source {
  const read = readPriorTable(rows, true);
  if ("reason" in read) return refuse(input, read.reason, read.row);
  const { file, encoding } = input;
  return { file, encoding, list: listDigest(file, name), claims: read.claims, rejected: read.rejected };
}

/** Cases with their texts of 正文. */
function withTexts(claims: readonly PriorClaim[], sheet: InputSheet | undefined): PriorClaim[] {
  if (!sheet || !bearsLabels(sheet.rows, textsSheet)) return [...claims];
  const texts = new Map<string, string>();
  for (const row of readSheetTable({ ...sheet, notes: new Map() }, textsSheet).rows) {
    const text = sectionKeys.map((key) => cellText(row.raw(key))).join("\n");
    if (text.trim() !== "") texts.set(identifierKey(row.text("id")), text);
  }
  return claims.map((claim) => ({ ...claim, text: texts.get(identifierKey(claim.id)) ?? claim.text }));
}

/** At least half of a list of several stand in 案例 under the same number and title: it tells of this very year. */
function isOfThisYear({ claims }: Source, submissions: readonly Submission[]): PriorClaim | undefined {
  const own = new Set(submissions.map(({ id, title }) => `${identifierKey(id)}\n${titleKey(title)}`));
  const same = claims.filter(({ id, title }) => id !== "" && own.has(`${identifierKey(id)}\n${titleKey(title)}`));
  return same.length > 0 && 2 * same.length >= claims.length ? same[0] : undefined;
}

/** Whether two cases may have an author in common: by name, or where one names none. */
export const sharesPerson = (a: readonly PriorPerson[], b: readonly PriorPerson[]) =>
  a.length === 0 || b.length === 0 || a.some(({ name }) => b.some((other) => other.name === name));

/** The people of the later list, with the units that are known from before. */
function mergePeople(before: readonly PriorPerson[], now: readonly PriorPerson[]): readonly PriorPerson[] {
  if (now.length === 0) return before;
  return now.map(({ name, unit }) => ({ name, unit: unit || (before.find((p) => p.name === name)?.unit ?? "") }));
}

/** Those of one year by title, as they grow. */
class YearEntries {
  readonly byTitle = new Map<string, Entry[]>();
  private readonly byId = new Map<string, Entry>();

  constructor(winners: readonly PriorWinner[]) {
    for (const winner of winners) this.add({ winner, before: winner, ids: new Set(), toldBy: new Set() });
  }

  get all(): Entry[] {
    return [...this.byTitle.values()].flat();
  }

  add(entry: Entry): void {
    addToGroup(this.byTitle, titleKey(entry.winner.title), entry);
  }

  know(entry: Entry, id: string): void {
    if (id !== "") this.byId.set(identifierKey(id), entry);
  }

  find({ title, people, id }: PriorClaim): Entry | undefined {
    const alike = (this.byTitle.get(titleKey(title)) ?? []).filter(({ winner }) => sharesPerson(winner.people, people));
    const known = this.byId.get(identifierKey(id));
    return alike.find((entry) => entry === known) ?? alike[0];
  }
}

/**
 * Plans how earlier winners of one year get into 往届. The same lists again change nothing; a list of the same name is a
 * correction: whom it names no more goes, unless another list names them. The order of `inputs` changes nothing but the
 * order of the report.
 *
 * @param year of the award, earlier than that of this workbook
 * @throws WorkbookStructureError where a sheet of people's own is called 往届
 */
export function planPrior(
  snapshot: WorkbookSnapshot,
  inputs: readonly ImportInput[],
  year: number,
  notice: Notice,
): { patch: WorkbookPatch; report: ImportReport } {
  const { submissions } = readAward(snapshot, notice);
  const present = readPriorWinners(snapshot);
  const entries = new YearEntries(present.filter((winner) => winner.year === year));
  const sources = inputs
    .flatMap(sourcesOf)
    .map((source): Source => {
      const same = isOfThisYear(source, submissions);
      if (!same) return source;
      const reason = `这是本届的：${same.id}“${same.title}”等就在本工作簿的“${submissionsSheet.label}”表里，不是往届，没有收下。请确认选对了文件和年份。`;
      return { ...source, list: "", claims: [], rejected: [{ row: 0, reason }] };
    })
    .sort((a, b) => compareText(a.file, b.file) || compareText(a.list, b.list));

  for (const source of sources.filter(({ list }) => list !== "")) takeList(entries, source, year);
  const lists = new Set(sources.map(({ list }) => list).filter((list) => list !== ""));
  const dropped = dropUntold(entries, sources, lists);
  const added = sources.filter(({ list, claims }) => list === "" && claims.length > 0);
  const without = added.filter((source) => !takeDetails(entries, source));

  const kept = entries.all.filter(({ winner }) => winner.lists.length > 0);
  const patch = priorPatch(snapshot, [...present.filter((w) => w.year !== year), ...kept.map(({ winner }) => winner)]);
  const report = sources.map((source) => entryOf(source, kept, dropped, without.includes(source), year));
  return { patch: { sheets: patch ? [patch] : [] }, report: { inputs: report, conflicts: [] } };
}

function takeList(entries: YearEntries, source: Source, year: number): void {
  const samples = sampleTexts(source.claims.map(({ text }) => text));
  source.claims.forEach((claim, i) => {
    let entry = entries.find(claim);
    if (!entry) {
      const { title, people, award } = claim;
      const winner = { year, award, title, people, sample: "", lists: [] };
      entry = { winner, before: undefined, ids: new Set(), toldBy: new Set() };
      entries.add(entry);
    }
    entries.know(entry, claim.id);
    entry.toldBy.add(source);
    const { winner } = entry;
    const sample = samples[i];
    entry.winner = {
      ...winner,
      title: claim.title,
      award: claim.award || winner.award,
      people: mergePeople(winner.people, claim.people),
      sample: sample ? writeSample(sample) : winner.sample,
      lists: [...new Set([...winner.lists, source.list])].sort(compareText),
    };
  });
}

/** Takes the lists of this call off whom they do not name any more. @returns whom no list names now, by the list */
function dropUntold(entries: YearEntries, sources: readonly Source[], lists: ReadonlySet<string>) {
  const dropped = new Map<string, PriorWinner[]>();
  for (const entry of entries.all) {
    const still = new Set(sources.filter((source) => entry.toldBy.has(source)).map(({ list }) => list));
    const gone = entry.winner.lists.filter((list) => lists.has(list) && !still.has(list));
    if (gone.length === 0) continue;
    entry.winner = { ...entry.winner, lists: entry.winner.lists.filter((list) => !gone.includes(list)) };
    if (entry.winner.lists.length === 0) addToGroup(dropped, gone[0] ?? "", entry.winner);
  }
  return dropped;
}

/** Adds units and texts to winners. @returns whether there was any winner to add to */
function takeDetails(entries: YearEntries, source: Source): boolean {
  const samples = sampleTexts(source.claims.map(({ text }) => text));
  source.claims.forEach((claim, i) => {
    const entry = entries.find(claim);
    if (!entry || entry.winner.lists.length === 0) return;
    const { winner } = entry;
    const sample = samples[i];
    entry.toldBy.add(source);
    entry.winner = {
      ...winner,
      people: mergePeople(claim.people, winner.people),
      sample: sample ? writeSample(sample) : winner.sample,
    };
  });
  return entries.all.some(({ winner }) => winner.lists.length > 0);
}

function entryOf(
  source: Source,
  kept: readonly Entry[],
  dropped: ReadonlyMap<string, readonly PriorWinner[]>,
  isWithoutWinners: boolean,
  year: number,
): ImportEntry {
  const { file, encoding, list, rejected } = source;
  const told = kept.filter(({ toldBy }) => toldBy.has(source));
  const added = told.filter(({ before }) => !before).length;
  const isSame = ({ before, winner }: Entry) => JSON.stringify(before) === JSON.stringify(winner);
  const unchanged = told.filter(isSame).length;
  const missing = (dropped.get(list) ?? []).map(
    ({ title }): Remark => ({
      row: 0,
      column: "",
      reason: `${year} 年的“${title}”这份名单里已经没有，从“${priorSheet.label}”删去`,
    }),
  );
  const reason = `只凭${workbookLabels.application}、${workbookLabels.unitForm}或案例模板看不出谁获了奖，而“${priorSheet.label}”里还没有 ${year} 年的名单。请把那一年的结果、公示名单、发布清单或${workbookLabels.review}一起导入。`;
  const refused = isWithoutWinners ? [{ row: 0, reason }] : rejected;
  return {
    file,
    sheet: list === "" && told.length === 0 ? "" : priorSheet.label,
    encoding,
    rows: told.length + refused.length,
    added,
    updated: told.length - added - unchanged,
    unchanged,
    kept: [],
    rejected: refused,
    ...(list !== "" && missing.length > 0 && { missing }),
  };
}
