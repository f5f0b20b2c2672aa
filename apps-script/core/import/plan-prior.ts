/**
 * Takes earlier winners into 往届. Who has won is told by lists; earlier workbooks, 填报表 and filled-in templates, which
 * hold every case, add units and texts to the winners that the lists name.
 */
import type { Submission } from "../award/award.ts";
import {
  matchesName,
  type PriorPerson,
  type PriorWinner,
  priorPatch,
  readPriorWinners,
} from "../award/prior-winners.ts";
import { readAward } from "../award/read-award.ts";
import type { Notice } from "../notice/notice.ts";
import { priorSheet, submissionsSheet, textsSheet } from "../schema/application.ts";
import { resultsSheet } from "../schema/review.ts";
import { bearsLabels, readSheetTable } from "../tables/table.ts";
import { whichWorkbook, workbookLabels } from "../tables/which-workbook.ts";
import { foldForComparison, isSameText } from "../text/clean.ts";
import { compareText } from "../text/compare.ts";
import { addToGroup, groupBy } from "../text/group-by.ts";
import { identifierKey, personNameKey, titleKey } from "../text/identity.ts";
import { sha256 } from "../text/sha256.ts";
import { sampleTexts, writeSample } from "../text/text-sample.ts";
import { compareTitles, isExtended, leastAlike } from "../text/title-likeness.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { sectionKeys } from "./count-texts.ts";
import { readDocumentTables } from "./document-tables.ts";
import { readFormDocument } from "./form-document.ts";
import type { ImportEntry, ImportInput, ImportReport } from "./plan-import.ts";
import { type PriorClaim, readPriorTable, yearsIn } from "./prior-table.ts";
import type { RejectedRow, Remark } from "./read-rows.ts";

export const priorAction = "导入往届";

/** No award of this kind is older. */
export const earliestPriorYear = 1990;

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
  readonly told: readonly string[];
}

/** A winner as it will stand, with what this call alone knows of it. */
interface Entry {
  winner: PriorWinner;
  before: PriorWinner | undefined;
  readonly ids: Set<string>;
  /** Of the sources of this call. */
  readonly toldBy: Set<Source>;
}

const baseName = (file: string) => file.replace(/^.*\//, "");

/** Names no file, and is the same for lists of one name until `distinguishLists` has compared them. */
const listDigest = (file: string, sheet: string) =>
  sha256(JSON.stringify([baseName(file), sheet].map(foldForComparison))).slice(0, 8);

const refuse = (input: ImportInput, reason: string, row = 0): Source => ({
  file: input.file,
  encoding: input.encoding,
  list: "",
  claims: [],
  rejected: [{ row, reason }],
  told: [],
});

/** Every case that the files tell of, with its text where they hold it. */
export const readPriorClaims = (inputs: readonly ImportInput[]): PriorClaim[] =>
  inputs.flatMap((input) => sourcesOf(input)).flatMap(({ claims }) => claims);

/** @param year of the winners; undefined where every case is looked for */
function sourcesOf(input: ImportInput, year?: number): Source[] {
  const { file, encoding, document } = input;
  const common = { file, encoding, list: "", rejected: [], told: [] };
  const form = document && readFormDocument(document.blocks);
  if (form) {
    const title = form.facts.get("title") ?? form.frontLines[0] ?? "";
    const text = sectionKeys.map((key) => form.sections.get(key) ?? "").join("\n");
    const claim = { id: form.facts.get("id") ?? "", title, people: [], award: "", text };
    return [{ ...common, claims: [claim] }];
  }
  const kind = whichWorkbook(input.sheets.map(({ name }) => name));
  const sheet = (label: string) => input.sheets.find(({ name }) => isSameText(name, label));
  switch (kind) {
    case "scoreSheet":
      return [refuse(input, "这是专家的评分表，里面没有获奖名单，没有收下。请确认选对了文件。")];
    case "application":
    case "unitForm": {
      const cases = readPriorTable({ rows: [], ...sheet(submissionsSheet.label), names: [file] });
      const claims = "reason" in cases ? [] : cases.claims;
      return [{ ...common, claims: withTexts(claims, sheet(textsSheet.label)) }];
    }
    case "review":
      return [listOf(input, { rows: [], ...sheet(resultsSheet.label), name: resultsSheet.label }, year)];
    default: {
      const tables = document
        ? joinPages(readDocumentTables(document.blocks))
        : input.sheets.filter(({ hidden, rows }) => !hidden && rows.some((row) => row.length > 0));
      // A text file's sheet is called like the file.
      const named = (table: { name: string }) => (encoding === "" && !document ? yearsIn(table.name) : []);
      const isOfOther = (table: { name: string }) =>
        year !== undefined && named(table).length > 0 && !named(table).includes(String(year));
      const others = tables.filter(isOfOther).map((table) => {
        const years = named(table).join("、");
        const remedy = `请改用 --prior ${named(table)[0]} 导入，或改正工作表名。`;
        return refuse(input, `工作表“${table.name}”是 ${years} 年的，不是 ${year} 年的，没有收下。${remedy}`);
      });
      const lists = tables.filter((table) => !isOfOther(table)).map((table) => listOf(input, table, year));
      // Beside a list other sheets say something else.
      const good = lists.filter(({ list }) => list !== "");
      if (good.length > 0) return [...good, ...others];
      return [...lists.slice(0, 1), ...others].concat(
        tables.length > 0 ? [] : refuse(input, "文件里没有表格。请确认选对了文件。"),
      );
    }
  }
}

/** A table of a document without a header of its own goes on with the one before. */
function joinPages(tables: readonly { readonly name: string; readonly rows: Rows }[]) {
  const rows = tables.flatMap((table) => [...table.rows]);
  return rows.length === 0 ? [] : [{ name: "", hidden: false, rows }];
}

function listOf(
  input: ImportInput,
  table: Pick<InputSheet, "name" | "rows" | "merges">,
  year: number | undefined,
): Source {
  const { file, encoding } = input;
  const read = readPriorTable({ ...table, names: [baseName(file), table.name] }, year);
  if ("reason" in read) return refuse(input, read.reason, read.row);
  const ofFile = yearsIn(baseName(file));
  const doubt = `文件名里是 ${ofFile.join("、")} 年，按 ${year} 年记下；年份写错的，请撤销这次导入，换对的 --prior 再来。`;
  const told = year === undefined || ofFile.length === 0 || ofFile.includes(String(year)) ? [] : [doubt];
  const list = read.claims.length > 0 ? listDigest(file, table.name) : "";
  return { file, encoding, list, claims: read.claims, rejected: read.rejected, told: [...read.told, ...told] };
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

/** Of so few the titles and authors of half may well come again. */
const fewest = 3;

/**
 * The first of at least half of a list that stand in 案例 under the same number and title, or where the list gives no
 * numbers under the same title and author: it tells of this very year.
 */
function isOfThisYear({ claims }: Source, submissions: readonly Submission[]): Submission | undefined {
  const byId = new Map(submissions.map((each) => [`${identifierKey(each.id)}\n${titleKey(each.title)}`, each]));
  const byTitle = groupBy(submissions, ({ title }) => titleKey(title));
  const same = claims.flatMap(({ id, title, people }) => {
    if (id !== "") return byId.get(`${identifierKey(id)}\n${titleKey(title)}`) ?? [];
    if (claims.length <= fewest) return [];
    const isAuthor = (author: string) => people.some(({ name }) => matchesName(name, personNameKey(author)));
    return byTitle.get(titleKey(title))?.find(({ authors }) => authors.some(({ name }) => isAuthor(name))) ?? [];
  });
  return 2 * same.length >= claims.length ? same[0] : undefined;
}

/** Whether two cases may have an author in common: by name, or where one names none. */
export const sharesPerson = (a: readonly PriorPerson[], b: readonly PriorPerson[]) =>
  a.length === 0 || b.length === 0 || a.some(({ name }) => b.some((other) => matchesName(other.name, name)));

/** The people of the later list, with the units that are known from before. */
function mergePeople(before: readonly PriorPerson[], now: readonly PriorPerson[]): readonly PriorPerson[] {
  if (now.length === 0) return before;
  return now.map(({ name, unit }) => ({
    name,
    unit: unit || (before.find((p) => matchesName(p.name, name))?.unit ?? ""),
  }));
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
 * Gives lists that share no more than a name ids of their own: one is the correction of a former one that it has at least
 * half in common with, else a list of its own.
 */
function distinguishLists(entries: YearEntries, sources: readonly Source[]): Source[] {
  const members = new Map<string, Set<Entry>>();
  for (const entry of entries.all) {
    for (const list of entry.winner.lists) members.set(list, (members.get(list) ?? new Set()).add(entry));
  }
  const taken = new Set<string>();
  return sources.map((source) => {
    if (source.list === "") return source;
    const found = new Set(source.claims.map((claim) => entries.find(claim)));
    const share = (former: ReadonlySet<Entry>) => [...former].filter((entry) => found.has(entry)).length / former.size;
    const formers = [...members].filter(([list]) => list.split("-")[0] === source.list);
    const [best] = formers
      .filter(([list, former]) => !taken.has(list) && share(former) >= 1 / 2)
      .sort(([, a], [, b]) => share(b) - share(a));
    let list = best?.[0] ?? source.list;
    if (!best) for (let n = 2; members.has(list) || taken.has(list); n++) list = `${source.list}-${n}`;
    taken.add(list);
    if (best || formers.length === 0) return { ...source, list };
    const kept = formers.reduce((sum, [, former]) => sum + former.size, 0);
    const doubt = `与以前导入的同名名单大半不同，当作另一份名单收下，原来的 ${kept} 个仍保留。它若是原来那份的更正，请撤销这次导入，在“${priorSheet.label}”表（取消隐藏）删去原来的行再导入。`;
    return { ...source, list, told: [...source.told, doubt] };
  });
}

/** What to tell of a list of which at least half stand in 往届 under another year. */
function tellOtherYear(source: Source, present: readonly PriorWinner[], year: number): Source {
  const byTitle = groupBy(
    present.filter((winner) => winner.year !== year),
    ({ title }) => titleKey(title),
  );
  const years = new Map<number, number>();
  for (const { title, people } of source.claims) {
    const same = (byTitle.get(titleKey(title)) ?? []).filter((winner) => sharesPerson(winner.people, people));
    for (const other of new Set(same.map((winner) => winner.year))) years.set(other, (years.get(other) ?? 0) + 1);
  }
  const told = [...years]
    .filter(([, count]) => 2 * count >= source.claims.length)
    .map(
      ([other, count]) =>
        `其中 ${count} 个已记在 ${other} 年。同一份名单若记错了年份：刚导入的用 casebook undo 撤销；以前导入的，在“${priorSheet.label}”表（取消隐藏）删去 ${other} 年的行。`,
    );
  return { ...source, told: [...source.told, ...told] };
}

/**
 * Plans how earlier winners of one year get into 往届. The same lists again change nothing; a list of the same name that has
 * half in common with the former is a correction: whom it names no more goes, unless another list names them. The order of `inputs` changes nothing but the
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
  const read = inputs
    .flatMap((input) => sourcesOf(input, year))
    .map((source): Source => {
      const same = isOfThisYear(source, submissions);
      if (!same) return tellOtherYear(source, present, year);
      const reason = `这是本届的：${same.id}“${same.title}”等就在本工作簿的“${submissionsSheet.label}”表里，不是往届，没有收下。请确认选对了文件和年份。`;
      return { ...source, list: "", claims: [], rejected: [{ row: 0, reason }], told: [] };
    })
    .sort((a, b) => compareText(a.file, b.file) || compareText(a.list, b.list));
  const sources = distinguishLists(entries, read);

  for (const source of sources.filter(({ list }) => list !== "")) takeList(entries, source, year);
  const lists = new Set(sources.map(({ list }) => list).filter((list) => list !== ""));
  const dropped = dropUntold(entries, sources, lists);
  const corrected = carryOver(entries, dropped);
  const added = sources.filter(({ list, claims }) => list === "" && claims.length > 0);
  const without = added.filter((source) => !takeDetails(entries, source));

  const kept = entries.all.filter(({ winner }) => winner.lists.length > 0);
  const patch = priorPatch(snapshot, [...present.filter((w) => w.year !== year), ...kept.map(({ winner }) => winner)]);
  const report = sources.map((source) => entryOf(source, kept, { dropped, corrected }, without.includes(source), year));
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

/**
 * Whoever is named no more under a title, while the same list names somebody new under nearly the same one or the same
 * people under another, has only been spelt right: text sample and units stay.
 *
 * @returns the new spelling of those
 */
function carryOver(
  entries: YearEntries,
  dropped: ReadonlyMap<string, readonly PriorWinner[]>,
): ReadonlyMap<PriorWinner, Entry> {
  const corrected = new Map<PriorWinner, Entry>();
  for (const [list, winners] of dropped) {
    const added = entries.all.filter(({ before, winner }) => !before && winner.lists.includes(list));
    for (const old of winners) {
      const title = titleKey(old.title);
      const likeness = ({ winner }: Entry) => {
        const now = titleKey(winner.title);
        const alike = compareTitles(title, now);
        if (alike >= leastAlike || isExtended(title, now)) return 1 + alike;
        return winner.people.length === old.people.length &&
          winner.people.every(({ name }) => old.people.some((person) => matchesName(person.name, name)))
          ? alike
          : -1;
      };
      const [best] = added
        .filter((entry) => !entry.before && likeness(entry) >= 0)
        .sort((a, b) => likeness(b) - likeness(a));
      if (!best) continue;
      best.before = old;
      best.winner = {
        ...best.winner,
        people: mergePeople(old.people, best.winner.people),
        sample: best.winner.sample || old.sample,
      };
      corrected.set(old, best);
    }
  }
  return corrected;
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
  {
    dropped,
    corrected,
  }: {
    readonly dropped: ReadonlyMap<string, readonly PriorWinner[]>;
    readonly corrected: ReadonlyMap<PriorWinner, Entry>;
  },
  isWithoutWinners: boolean,
  year: number,
): ImportEntry {
  const { file, encoding, list, rejected, told: remarks } = source;
  const told = kept.filter(({ toldBy }) => toldBy.has(source));
  const added = told.filter(({ before }) => !before).length;
  const isSame = ({ before, winner }: Entry) => JSON.stringify(before) === JSON.stringify(winner);
  const unchanged = told.filter(isSame).length;
  const missing = (dropped.get(list) ?? []).map((old): Remark => {
    const now = corrected.get(old)?.winner;
    const sample = old.sample === "" ? "" : "，它的正文指纹也删去了，要用请再导入那一年的正文";
    const reason = now
      ? `${year} 年的“${old.title}”更正为“${now.title}”（${now.people.map(({ name }) => name).join("、")}）`
      : `${year} 年的“${old.title}”这份名单里已经没有，从“${priorSheet.label}”删去${sample}`;
    return { row: 0, column: "", reason };
  });
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
    ...(remarks.length > 0 && { told: remarks }),
  };
}
