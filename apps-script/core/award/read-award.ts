import { groupBy } from "../group-by.ts";
import { submissionKey, unitNameKey } from "../identity.ts";
import type { Field, Notice, TrackKey, UnitKind } from "../notice/notice.ts";
import {
  applicationSheetLabels,
  expertsSheet,
  liaisonsSheet,
  settingsSheet,
  submissionsSheet,
  textsSheet,
  unitsSheet,
} from "../schema/application.ts";
import { cancelled, unitKindLabels, withdrawn, yes } from "../schema/choices.ts";
import { cleanIdentifier, cleanName, cleanText, foldForComparison, toHalfWidth } from "../text/clean.ts";
import { isRuinedIdentifier } from "../text/identifier.ts";
import { splitList } from "../text/list.ts";
import type { CellValue, WorkbookSnapshot } from "../workbook/port.ts";
import type {
  Author,
  AwardData,
  AwardTables,
  Expert,
  ExpertKey,
  Liaison,
  Submission,
  SubmissionKey,
  SubmissionText,
  Unit,
} from "./award.ts";
import { cellText } from "./cell-text.ts";
import { makePersonIdentifier, type PersonEntry } from "./people.ts";
import { readSettings } from "./settings.ts";
import { readTable, type TableRow } from "./table.ts";
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

/** A raw cell as an identifier: cleaned, "" when ruined. */
function identifierOf(value: CellValue): { text: string; ruined: boolean } {
  const ruined = typeof value === "number" ? isRuinedIdentifier(value) : isRuinedIdentifier(cellText(value));
  return { text: ruined ? "" : cleanIdentifier(cellText(value)), ruined };
}

function readUnits(tables: AwardTables): Unit[] {
  const kinds = Object.entries(unitKindLabels) as [UnitKind, string][];
  return tables.units.rows.map((record) => ({
    record,
    code: cleanIdentifier(record.text("code")),
    name: record.text("name"),
    kind: kinds.find(([, label]) => foldForComparison(label) === foldForComparison(record.text("kind")))?.[0],
    aliases: splitList(record.text("aliases")),
    parent: record.text("parent"),
  }));
}

type AuthorDraft = Omit<Author, "person"> & PersonEntry;

const authorSlots = ([1, 2, 3, 4, 5] as const).map((n) => ({
  position: n,
  columns: {
    name: `author${n}.name`,
    unit: `author${n}.unit`,
    account: `author${n}.account`,
    role: `author${n}.role`,
  } as Author["columns"],
}));

function readAuthors(record: TableRow<SubmissionKey>): AuthorDraft[] {
  const drafts: AuthorDraft[] = [];
  for (const { position, columns } of authorSlots) {
    const name = cleanName(record.text(columns.name));
    const unit = record.text(columns.unit);
    const account = identifierOf(record.raw(columns.account));
    if (name === "" && unit === "" && account.text === "" && !account.ruined) continue;
    drafts.push({
      position,
      name,
      unit,
      account: account.text,
      accountRuined: account.ruined,
      role: record.text(columns.role),
      columns,
    });
  }
  const overflow = {
    name: "otherAuthors",
    unit: "otherAuthors",
    account: "otherAuthors",
    role: "otherAuthors",
  } as const;
  splitList(record.text("otherAuthors")).forEach((name, i) => {
    drafts.push({
      position: authorSlots.length + 1 + i,
      name: cleanName(name),
      unit: "",
      account: "",
      accountRuined: false,
      role: "",
      columns: overflow,
    });
  });
  return drafts;
}

function readTexts(tables: AwardTables, keyOf: AwardData["keyOf"]): SubmissionText[] {
  const section = (value: CellValue) => cellText(value);
  return tables.texts.rows.map((record) => ({
    record,
    nominator: record.text("nominator"),
    id: cleanIdentifier(record.text("id")),
    key: keyOf(record.text("nominator"), record.text("id")),
    summary: section(record.raw("summary")),
    innovation: section(record.raw("innovation")),
    process: section(record.raw("process")),
    application: section(record.raw("application")),
  }));
}

const awards = new WeakMap<WorkbookSnapshot, { readonly notice: Notice; readonly award: AwardData }>();

/** The award in a snapshot, read once however many parts of a command ask for it. @throws WorkbookStructureError */
export function readAward(snapshot: WorkbookSnapshot, notice: Notice): AwardData {
  const known = awards.get(snapshot);
  if (known?.notice === notice) return known.award;
  const award = readAwardAnew(snapshot, notice);
  awards.set(snapshot, { notice, award });
  return award;
}

function readAwardAnew(snapshot: WorkbookSnapshot, baseNotice: Notice): AwardData {
  const tables = readAwardTables(snapshot);
  const { settings, problems } = readSettings(tables.settings, baseNotice);
  const { notice } = settings;
  const units = readUnits(tables);
  const unitByName = new Map(units.map((u) => [unitNameKey(u.name), u]));
  const formerUnit = makeFormerNameFinder(snapshot, units);
  const resolveUnit = makeUnitResolver(units, formerUnit);
  const unitNamed = (name: string) =>
    name === "" ? undefined : (unitByName.get(unitNameKey(name)) ?? resolveUnit(name));
  const keyOf = (nominator: string, id: string) => submissionKey(unitNamed(nominator)?.name || nominator, id);

  const texts = readTexts(tables, keyOf);
  const textByKey = groupBy(texts, (text) => text.key);

  const authorDrafts = tables.submissions.rows.map((record) => readAuthors(record));
  const identify = makePersonIdentifier(authorDrafts.flat());
  const taken = new Map<string, number>();

  const submissions = tables.submissions.rows.map((record, index): Submission => {
    const id = cleanIdentifier(record.text("id"));
    const nominator = record.text("nominator");
    const key = keyOf(nominator, id);
    // Rows that share a key share out the texts of that key in order.
    const turn = taken.get(key) ?? 0;
    taken.set(key, turn + 1);
    const ownTexts = textByKey.get(key) ?? [];
    const authors = (authorDrafts[index] ?? []).map(
      (draft): Author => ({ ...draft, person: identify(draft, String(record.row)) }),
    );
    const stage = record.text("stage");
    return {
      record,
      id,
      title: record.text("title"),
      nominator,
      unit: unitNamed(nominator),
      field: parseField(notice, record.text("field")),
      track: parseTrack(notice, record.text("track")),
      stage: stage === notice.otherStage || notice.stages.includes(stage) ? stage : undefined,
      authors,
      firstAuthor: authors.find((a) => a.position === 1),
      key,
      text: ownTexts[Math.min(turn, ownTexts.length - 1)],
      recommended: record.text("recommended") === yes,
      cancelled: record.text("status") === cancelled,
      firstScore: parseScore(record.text("firstScore")),
    };
  });

  const experts = tables.experts.rows.map((record) => readExpert(record, unitNamed, identify));
  const liaisons = tables.liaisons.rows.map(
    (record): Liaison => ({
      record,
      nominator: record.text("nominator"),
      unit: unitByName.get(unitNameKey(record.text("nominator"))) ?? formerUnit(record.text("nominator")),
      name: cleanName(record.text("name")),
      phone: cleanText(record.text("phone")),
    }),
  );
  return {
    tables,
    settings,
    settingProblems: problems,
    units,
    submissions,
    texts,
    experts,
    liaisons,
    resolveUnit,
    formerUnit,
    keyOf,
  };
}

function readExpert(
  record: TableRow<ExpertKey>,
  unitNamed: (name: string) => Unit | undefined,
  identify: (entry: PersonEntry, scope: string) => string,
): Expert {
  const account = identifierOf(record.raw("account"));
  const name = cleanName(record.text("name"));
  const ownUnit = record.text("unit");
  const nominator = record.text("nominator");
  return {
    record,
    nominator,
    unit: unitNamed(nominator),
    name,
    account: account.text,
    accountRuined: account.ruined,
    ownUnit,
    phone: record.text("phone"),
    stage: record.text("stage"),
    fields: splitList(record.text("fields")),
    conflicts: splitList(record.text("conflicts")),
    withdrawn: record.text("status") === withdrawn,
    person: identify({ name, unit: ownUnit, account: account.text }, `expert ${record.row}`),
  };
}
