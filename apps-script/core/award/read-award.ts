import type { Field, Notice, TrackKey, UnitKind } from "../notice/notice.ts";
import {
  applicationSheetLabels,
  expertsSheet,
  findingsSheet,
  guideSheetLabel,
  liaisonsSheet,
  liveCheckSheetLabel,
  liveLongSheetLabel,
  logSheet,
  priorSheet,
  progressSheet,
  quotaSheet,
  settingsSheet,
  submissionsSheet,
  textsSheet,
  unitsSheet,
} from "../schema/application.ts";
import { cancelled, unitKindLabels, withdrawn, yes } from "../schema/choices.ts";
import { findSheet, readTable, type TableRow } from "../tables/table.ts";
import {
  cleanIdentifier,
  cleanText,
  findLabel,
  foldForComparison,
  isSameText,
  toHalfWidth,
  toStandardCharacters,
} from "../text/clean.ts";
import { groupByFilledKey } from "../text/group-by.ts";
import { submissionKey, unitNameKey } from "../text/identity.ts";
import { splitList } from "../text/list.ts";
import { mostRowsKept } from "../text/per-object.ts";
import { namesIn } from "../text/person-names.ts";
import { isDitto, isPlaceholder } from "../text/placeholder.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { SheetSnapshot, WorkbookSnapshot } from "../workbook/port.ts";
import type {
  AwardData,
  AwardTables,
  Expert,
  ExpertKey,
  Liaison,
  Submission,
  SubmissionKey,
  SubmissionText,
  TextKey,
  Unit,
} from "./award.ts";
import { identifyingText, readIdentifier } from "./identifying-cell.ts";
import { readDisputedCells } from "./import-record.ts";
import { makePersonIdentifier, type PersonEntry } from "./people.ts";
import { authorAs, readAuthors } from "./read-authors.ts";
import { readSettings, type Settings } from "./settings.ts";
import { makeFormerNameFinder } from "./unit-names.ts";
import { makeUnitResolver } from "./units.ts";

/** Finds the sheets of the shared workbook and their columns. @throws WorkbookStructureError */
export function readAwardTables(snapshot: WorkbookSnapshot): AwardTables {
  const read = <S extends Parameters<typeof readTable>[1]>(spec: S) =>
    readTable(snapshot, spec, applicationSheetLabels);
  return {
    settings: read(settingsSheet),
    units: read(unitsSheet),
    submissions: read(submissionsSheet),
    texts: read(textsSheet),
    experts: read(expertsSheet),
    liaisons: read(liaisonsSheet),
  };
}

/** Looks a text up by folded labels, which are folded once for a notice. */
function byLabel<T>(itemsOf: (notice: Notice) => readonly T[], labelsOf: (item: T) => readonly string[]) {
  const known = new WeakMap<Notice, Map<string, T>>();
  return (notice: Notice, text: string): T | undefined => {
    let items = known.get(notice);
    if (!items) {
      items = new Map();
      for (const item of itemsOf(notice)) {
        for (const label of labelsOf(item).map(foldForComparison)) if (!items.has(label)) items.set(label, item);
      }
      known.set(notice, items);
    }
    return items.get(foldForComparison(text));
  };
}

/** The label of the field that a text means, long forms included. */
export const parseField: (notice: Notice, text: string) => Field | undefined = byLabel(
  (notice) => notice.fields,
  (field) => [field.label, ...field.longLabels],
);

const findTrack = byLabel(
  (notice) => notice.tracks,
  (track) => [track.label, ...track.aliases],
);

export function parseTrack(notice: Notice, text: string): TrackKey | undefined {
  return findTrack(notice, text)?.key;
}

const findRole = byLabel(
  (notice) => notice.roles,
  (role) => [role.label, ...role.aliases],
);

/** The role's first spelling, or undefined. */
export function parseRole(notice: Notice, text: string): string | undefined {
  return findRole(notice, text)?.label;
}

export function parseScore(text: string): number | undefined {
  const half = toHalfWidth(text);
  if (!/^\d+(\.\d+)?$/.test(half)) return undefined;
  const score = Number(half);
  return score >= 0 && score <= 100 ? score : undefined;
}

/** 别名 in one cell; 无 is none. */
export const readAliases = (text: string): string[] => splitList(text).filter((alias) => !isPlaceholder(alias, "unit"));

function readUnits(tables: AwardTables): Unit[] {
  const kinds = Object.entries(unitKindLabels) as [UnitKind, string][];
  return tables.units.rows.map((record) => ({
    record,
    code: cleanIdentifier(identifyingText(unitsSheet, record, "code")),
    name: toStandardCharacters(identifyingText(unitsSheet, record, "name")),
    kind: kinds.find(([, label]) => isSameText(label, record.text("kind")))?.[0],
    aliases: readAliases(toStandardCharacters(record.text("aliases"))),
    parent: toStandardCharacters(identifyingText(unitsSheet, record, "parent")),
  }));
}

/** The sheets that the award does not depend on. */
const besides: ReadonlySet<string> = new Set([
  guideSheetLabel,
  liveCheckSheetLabel,
  liveLongSheetLabel,
  ...[findingsSheet, quotaSheet, progressSheet, priorSheet, logSheet].map(({ label }) => label),
]);

interface KnownAward {
  readonly notice: Notice;
  readonly sheets: readonly SheetSnapshot[];
  readonly award: AwardData;
}

/** By the rows of 案例. */
const awards = new WeakMap<SheetSnapshot["rows"], KnownAward>();

/** The award in a snapshot, read once as long as its sheets hold the same. @throws WorkbookStructureError */
export function readAward(snapshot: WorkbookSnapshot, notice: Notice): AwardData {
  const sheets = snapshot.sheets.filter(({ name }) => !besides.has(name));
  const rows = (findSheet(snapshot, submissionsSheet.label) ?? sheets[0])?.rows;
  const known = rows && awards.get(rows);
  if (known?.notice === notice && isSameContent(known.sheets, sheets)) return known.award;
  const award = readAwardAnew(snapshot, notice);
  if (rows) awards.set(rows, { notice, sheets, award });
  return award;
}

function isSameContent(before: readonly SheetSnapshot[], now: readonly SheetSnapshot[]): boolean {
  return (
    before.length === now.length &&
    before.every((sheet, i) => {
      const other = now[i];
      return (
        sheet === other || (sheet.name === other?.name && sheet.rows === other.rows && sheet.shown === other.shown)
      );
    })
  );
}

/** By what the rows of cases, texts and people are read. */
interface Ground {
  readonly settings: Settings;
  readonly settingProblems: AwardData["settingProblems"];
  readonly units: readonly Unit[];
  readonly unitByName: ReadonlyMap<string, Unit>;
  readonly unitNamed: (name: string) => Unit | undefined;
  readonly resolveUnit: AwardData["resolveUnit"];
  readonly formerUnit: AwardData["formerUnit"];
  readonly keyOf: AwardData["keyOf"];
}

interface KnownGround {
  readonly notice: Notice;
  readonly sheets: readonly SheetSnapshot[];
  /** What the sheets of the rows are called: messages name them. */
  readonly names: string;
  readonly ground: Ground;
}

/** By the rows of 单位. */
const grounds = new WeakMap<SheetSnapshot["rows"], KnownGround>();

/** The same one as long as only cases, texts and people change: what was made of the rows that have not, still holds. */
function readGround(snapshot: WorkbookSnapshot, tables: AwardTables, notice: Notice): Ground {
  const { submissions, texts, experts, liaisons } = tables;
  const ofRows = [submissions, texts, experts, liaisons].map(({ name }) => name);
  const names = ofRows.join();
  const sheets = snapshot.sheets.filter(({ name }) => !besides.has(name) && !ofRows.includes(name));
  const rows = sheets.find(({ name }) => name === tables.units.name)?.rows;
  const known = rows && grounds.get(rows);
  if (known?.notice === notice && known.names === names && isSameContent(known.sheets, sheets)) return known.ground;
  const ground = readGroundAnew(snapshot, tables, notice);
  if (rows) grounds.set(rows, { notice, sheets, names, ground });
  return ground;
}

function readGroundAnew(snapshot: WorkbookSnapshot, tables: AwardTables, notice: Notice): Ground {
  const { settings, problems: settingProblems } = readSettings(tables.settings, notice);
  const units = readUnits(tables);
  const unitByName = new Map(units.map((u) => [unitNameKey(u.name), u]));
  const formerUnit = makeFormerNameFinder(snapshot, units);
  const resolveUnit = makeUnitResolver(units, formerUnit);
  const unitNamed = (name: string) =>
    name === "" ? undefined : (unitByName.get(unitNameKey(name)) ?? resolveUnit(name));
  const keyOf = (nominator: string, id: string) => submissionKey(unitNamed(nominator)?.name || nominator, id);
  return { settings, settingProblems, units, unitByName, unitNamed, resolveUnit, formerUnit, keyOf };
}

/** Remembers what was made of a row on the ground on which it was made last. */
function perRow<K extends string, T>(compute: (record: TableRow<K>, ground: Ground) => T) {
  const known = new WeakMap<TableRow<K>, { readonly ground: Ground; readonly value: T }>();
  return (record: TableRow<K>, ground: Ground, isKept: boolean): T => {
    if (!isKept) return compute(record, ground);
    const before = known.get(record);
    if (before?.ground === ground) return before.value;
    const value = compute(record, ground);
    known.set(record, { ground, value });
    return value;
  };
}

const readText = perRow((record: TableRow<TextKey>, { keyOf }): SubmissionText => {
  const nominator = identifyingText(textsSheet, record, "nominator");
  const id = cleanIdentifier(identifyingText(textsSheet, record, "id"));
  const section = (key: TextKey) => cellText(record.raw(key));
  return {
    record,
    nominator,
    id,
    key: keyOf(nominator, id),
    summary: section("summary"),
    innovation: section("innovation"),
    process: section("process"),
    application: section("application"),
  };
});

/** What other rows tell of a case. */
type Shared = Pick<Submission, "authors" | "key" | "text">;

/** What its own row tells of a case, and the case as it was last. */
const readCase = perRow((record: TableRow<SubmissionKey>, { settings: { notice }, unitNamed, keyOf }) => {
  const id = cleanIdentifier(identifyingText(submissionsSheet, record, "id"));
  const nominator = identifyingText(submissionsSheet, record, "nominator");
  const own: Submission = {
    record,
    id,
    title: record.text("title"),
    nominator,
    unit: unitNamed(nominator),
    field: parseField(notice, record.text("field")),
    track: parseTrack(notice, record.text("track")),
    stage: findLabel([...notice.stages, notice.otherStage], record.text("stage")),
    sharedKey: keyOf(nominator, id),
    recommended: isSameText(record.text("recommended"), yes),
    cancelled: isSameText(record.text("status"), cancelled),
    firstScore: parseScore(record.text("firstScore")),
    authors: [],
    firstAuthor: undefined,
    key: "",
    text: undefined,
  };
  let last: Submission | undefined;
  /** Nothing that hangs on one case alone need be judged twice: the same object as before where it is the same case. */
  const complete = (shared: Shared): Submission => {
    if (!last || !isSameCase(last, shared))
      last = {
        ...own,
        key: shared.key,
        text: shared.text,
        authors: shared.authors,
        firstAuthor: shared.authors.find((a) => a.position === 1),
      };
    return last;
  };
  return { sharedKey: own.sharedKey, complete };
});

const isSameCase = (before: Shared, { key, text, authors }: Shared) =>
  before.key === key &&
  before.text === text &&
  before.authors.length === authors.length &&
  before.authors.every((author, i) => author === authors[i]);

function readAwardAnew(snapshot: WorkbookSnapshot, baseNotice: Notice): AwardData {
  const tables = readAwardTables(snapshot);
  const ground = readGround(snapshot, tables, baseNotice);
  const { settings, settingProblems, units, unitByName, unitNamed, resolveUnit, formerUnit, keyOf } = ground;
  const isKept = tables.submissions.rows.length <= mostRowsKept;
  const texts = tables.texts.rows.map((record) => readText(record, ground, isKept));
  const textByKey = groupByFilledKey(texts, (text) => text.key);

  const authorDrafts = readAuthors(tables.submissions.rows, isKept);
  const identify = makePersonIdentifier(authorDrafts.flat());
  const taken = new Map<string, number>();

  const submissions = tables.submissions.rows.map((record, index): Submission => {
    const { sharedKey, complete } = readCase(record, ground, isKept);
    // Rows that share a key share out the texts of that key in order.
    const turn = taken.get(sharedKey) ?? 0;
    taken.set(sharedKey, turn + 1);
    const ownTexts = textByKey.get(sharedKey) ?? [];
    return complete({
      authors: (authorDrafts[index] ?? []).map((draft) => authorAs(draft, identify(draft, String(record.row)), isKept)),
      key: turn === 0 ? sharedKey : `${sharedKey}\u0001${turn + 1}`,
      text: ownTexts[Math.min(turn, ownTexts.length - 1)],
    });
  });

  let unitAbove = "";
  const experts = tables.experts.rows.map((record) => {
    const expert = readExpert(record, settings.notice.stages, unitNamed, identify, unitAbove);
    unitAbove = expert.ownUnit || expert.unitAbove;
    return expert;
  });
  const liaisons = tables.liaisons.rows.map((record): Liaison => {
    const people = namesIn(record.text("name"));
    const nominator = identifyingText(liaisonsSheet, record, "nominator");
    return {
      record,
      nominator,
      unit: unitByName.get(unitNameKey(nominator)) ?? formerUnit(nominator),
      name: people.join("、"),
      people,
      phone: cleanText(identifyingText(liaisonsSheet, record, "phone")),
    };
  });
  return {
    tables,
    settings,
    settingProblems,
    units,
    submissions,
    texts,
    experts,
    liaisons,
    disputed: readDisputedCells(snapshot, tables),
    resolveUnit,
    formerUnit,
    keyOf,
  };
}

function readExpert(
  record: TableRow<ExpertKey>,
  stages: readonly string[],
  unitNamed: (name: string) => Unit | undefined,
  identify: (entry: PersonEntry, scope: string) => string,
  above: string,
): Expert {
  const account = readIdentifier(expertsSheet, record, "account");
  const people = namesIn(record.text("name"));
  const name = people.join("、");
  const unit = identifyingText(expertsSheet, record, "unit");
  const nominator = identifyingText(expertsSheet, record, "nominator");
  return {
    record,
    nominator,
    unit: unitNamed(nominator),
    name,
    people,
    account: account.text,
    accountRuined: account.ruined,
    ownUnit: unit,
    unitAbove: isDitto(record.text("unit")) ? above : "",
    phone: identifyingText(expertsSheet, record, "phone"),
    stage: findLabel(stages, record.text("stage")) ?? record.text("stage"),
    fields: splitList(record.text("fields")),
    conflicts: splitList(record.text("conflicts")),
    withdrawn: isSameText(record.text("status"), withdrawn),
    person: identify({ name, unit, account: account.text }, `expert ${record.row}`),
  };
}
