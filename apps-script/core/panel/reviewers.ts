import type { AwardData, Expert, Unit } from "../award/award.ts";
import { holdsPlaceholder, identifyingText } from "../award/identifying-cell.ts";
import { makePersonIdentifier } from "../award/people.ts";
import { parseField } from "../award/read-award.ts";
import type { ReviewData, ReviewerKey } from "../review-book/read-review.ts";
import { expertsSheet, takenExpertsSheet } from "../schema/application.ts";
import { withdrawn } from "../schema/choices.ts";
import { reviewersSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import type { TableRow } from "../tables/table.ts";
import { cleanIdentifier, findLabel, toHalfWidth } from "../text/clean.ts";
import { compareText } from "../text/compare.ts";
import { addToGroup } from "../text/group-by.ts";
import { isRuinedIdentifier } from "../text/identifier.ts";
import {
  accountKey,
  cleanCode,
  identifierKey,
  nameAndPhoneKey,
  nameAndUnitKey,
  unitNameKey,
} from "../text/identity.ts";
import { splitList } from "../text/list.ts";
import { namesIn } from "../text/person-names.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { CellValue } from "../workbook/port.ts";

type ExpertKey = (typeof takenExpertsSheet)["columns"][number]["key"];

/** An expert in the review, known by 专家编号. */
export interface ReviewExpert {
  readonly id: string;
  /** The row of 评审专家; undefined for one who is new. */
  readonly record: TableRow<ReviewerKey> | undefined;
  /** The cells of 专家 that go into 评审专家. */
  readonly cells: Readonly<Partial<Record<ExpertKey, CellValue>>>;
  readonly name: string;
  readonly account: string;
  /** The nominating unit; further ones where several units recommended the same person. */
  readonly nominators: readonly [Unit, ...Unit[]];
  readonly ownUnits: readonly string[];
  readonly stage: string;
  /** May review every stage. */
  readonly anyStage: boolean;
  /** Keys of fields. */
  readonly fields: readonly string[];
  readonly capacity: number | undefined;
  readonly available: boolean;
  readonly declared: readonly string[];
  /** Keys of the 案例编号 that an administrator has let pass, whatever is suspected. */
  readonly cleared: ReadonlySet<string>;
  /** Every way in which an author may be this person (`Author.person` and the same by the experts' own accounts). */
  readonly persons: ReadonlySet<string>;
}

export interface ReviewExperts {
  /** By 专家编号. */
  readonly experts: readonly ReviewExpert[];
  /** What the administrator should know, in Chinese: rows that cannot be used, cells that differ. */
  readonly notes: readonly string[];
}

interface Candidate {
  readonly cells: Partial<Record<ExpertKey, CellValue>>;
  readonly row: number;
  readonly name: string;
  /** People whom the name cell holds. */
  readonly people: number;
  readonly unitAbove: string;
  readonly account: string;
  readonly phone: string;
  readonly nominator: string;
  readonly unit: Unit | undefined;
  readonly withdrawn: boolean;
}

const expertKeys = takenExpertsSheet.columns.map((column) => column.key);

/** A placeholder is an empty cell. */
function cellsOf(record: TableRow<ExpertKey> | TableRow<ReviewerKey>): Partial<Record<ExpertKey, CellValue>> {
  const row = record as TableRow<ExpertKey>;
  return Object.fromEntries(
    expertKeys.map((key) => [key, holdsPlaceholder(expertsSheet, row, key) ? null : row.raw(key)]),
  );
}

function candidateOf(expert: Expert): Candidate {
  return {
    cells: cellsOf(expert.record),
    row: expert.record.row,
    name: expert.name,
    people: expert.people.length,
    unitAbove: expert.unitAbove,
    account: expert.account,
    phone: cleanIdentifier(expert.phone),
    nominator: expert.nominator,
    unit: expert.unit,
    withdrawn: expert.withdrawn,
  };
}

/** By unit code, then account: the order in which numbers are given, whatever the order of the rows. */
function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    compareText(a.unit?.code ?? "", b.unit?.code ?? "") ||
    compareText(a.account, b.account) ||
    compareText(a.name, b.name) ||
    compareText(a.phone, b.phone) ||
    compareText(JSON.stringify(a.cells), JSON.stringify(b.cells))
  );
}

const byPhone = (name: string, phone: string) => `phone:${nameAndPhoneKey(name, phone)}`;

/**
 * Brings the rows of one person together: the same account; without one, the same name and phone, merged with the only
 * account that has them.
 */
function mergePeople(candidates: readonly Candidate[]): Candidate[][] {
  const accounts = new Map<string, Set<string>>();
  for (const c of candidates) {
    if (c.account === "" || c.phone === "") continue;
    const key = byPhone(c.name, c.phone);
    accounts.set(key, (accounts.get(key) ?? new Set()).add(accountKey(c.account)));
  }
  const people = new Map<string, Candidate[]>();
  for (const c of candidates) {
    if (c.account !== "") addToGroup(people, accountKey(c.account), c);
    else if (c.phone === "") addToGroup(people, `row:${nameAndUnitKey(c.name, c.nominator)}`, c);
    else {
      const ofPhone = byPhone(c.name, c.phone);
      const [only, ...others] = accounts.get(ofPhone) ?? [];
      addToGroup(people, only !== undefined && others.length === 0 ? only : ofPhone, c);
    }
  }
  return [...people.values()];
}

/** 专家编号 as they follow one another: E001, E002 … E1000. */
function expertNumber(n: number): string {
  return `E${String(n).padStart(3, "0")}`;
}

/**
 * The experts in the review: the rows of 评审专家, which keep their numbers and what was typed there, and after them
 * the new ones of 专家.
 *
 * @param home in a unit's own review, the unit of an expert typed without 推荐单位
 */
export function gatherExperts(award: AwardData, review: ReviewData, home?: Unit): ReviewExperts {
  const notes: string[] = [];
  const sheet = award.tables.experts.name;
  const usable: Candidate[] = [];
  for (const candidate of award.experts.map(candidateOf).sort(compareCandidates)) {
    const place = `“${sheet}”表第 ${candidate.row} 行`;
    if (candidate.name === "") notes.push(`${place}没有专家姓名，未参加分派；请补填后重新分派。`);
    else if (!candidate.unit) {
      notes.push(
        `${place}（${candidate.name}）的推荐单位“${candidate.nominator}”不在单位表中，无法判断回避，未参加分派；请改正后重新分派。`,
      );
    } else if (candidate.people > 1) {
      notes.push(
        `${place}的专家姓名一格写了 ${candidate.people} 人（${candidate.name}），未参加分派；请拆成 ${candidate.people} 行后重新分派。`,
      );
    } else usable.push(candidate);
  }

  const known = new Map<string, TableRow<ReviewerKey>>();
  const records = review.tables.reviewers.rows.filter(
    (record) => record.text("name") !== "" || record.text("expert") !== "",
  );
  for (const record of records) {
    const text = (key: ExpertKey) => identifyingText(expertsSheet, record as TableRow<ExpertKey>, key);
    const account = cleanIdentifier(text("account"));
    const keys = [byPhone(namesIn(text("name")).join("、"), cleanIdentifier(text("phone")))];
    if (account !== "") keys.push(accountKey(account));
    for (const key of keys) if (!known.has(key)) known.set(key, record);
  }

  const matched = new Map<number, Candidate[]>();
  const fresh: Candidate[][] = [];
  for (const people of mergePeople(usable)) {
    const keys = people.flatMap((p) => [...(p.account ? [accountKey(p.account)] : []), byPhone(p.name, p.phone)]);
    const record = keys.map((key) => known.get(key)).find((r) => r !== undefined);
    if (record) matched.set(record.row, [...(matched.get(record.row) ?? []), ...people]);
    else if (!people.every((p) => p.withdrawn)) fresh.push(people);
  }

  let last = Math.max(
    0,
    ...records.map((record) => Number(/^E(\d+)$/.exec(cleanCode(record.text("expert")))?.[1] ?? 0)),
  );
  const context = makeContext(award, notes, home);
  const experts: ReviewExpert[] = [];
  for (const record of records) {
    const id = cleanCode(record.text("expert")) || expertNumber(++last);
    const rows = matched.get(record.row) ?? [];
    if (rows[0]) tellDifferences(record, rows[0], id, notes);
    const expert = context.build(id, record, rows);
    if (expert) experts.push(expert);
  }
  for (const people of fresh) {
    const expert = context.build(expertNumber(++last), undefined, people);
    if (expert) experts.push(expert);
  }
  return { experts, notes };
}

const compared: readonly ExpertKey[] = ["nominator", "name", "account", "unit", "phone", "stage"];

function tellDifferences(record: TableRow<ReviewerKey>, source: Candidate, id: string, notes: string[]): void {
  for (const key of compared) {
    const [here, there] = [record.text(key), cellText(source.cells[key] ?? null)];
    if (here === "" || there === "" || cleanIdentifier(here) === cleanIdentifier(there)) continue;
    notes.push(
      `${id} 的“${labelOf(expertsSheet, key)}”在“${reviewersSheet.label}”表第 ${record.row} 行是“${here}”，专家表第 ${source.row} 行是“${there}”；分派以“${reviewersSheet.label}”表为准。`,
    );
  }
}

function makeContext(award: AwardData, notes: string[], home: Unit | undefined) {
  const { notice } = award.settings;
  const authors = award.submissions.flatMap((s) => s.authors);
  const identifyByAuthors = makePersonIdentifier(authors);
  const unitNamed = new Map(award.units.map((u) => [unitNameKey(u.name), u]));
  const unitOf = (text: string) => unitNamed.get(unitNameKey(text)) ?? award.resolveUnit(text);

  const build = (
    id: string,
    record: TableRow<ReviewerKey> | undefined,
    rows: readonly Candidate[],
  ): ReviewExpert | undefined => {
    const sources = [...(record ? [cellsOf(record)] : []), ...rows.map((r) => r.cells)];
    const text = (key: ExpertKey) =>
      sources.map((cells) => cellText(cells[key] ?? null).trim()).find((t) => t !== "") ?? "";
    const all = (key: ExpertKey) => sources.map((cells) => cellText(cells[key] ?? null));
    const cells = Object.fromEntries(
      expertKeys.map((key) => [key, sources.map((s) => s[key] ?? null).find((v) => cellText(v).trim() !== "") ?? null]),
    );
    const people = namesIn(text("name"));
    const name = people.join("、");
    if (home && text("nominator") === "") cells.nominator = home.name;
    const nominators = [
      ...new Set([...all("nominator"), cellText(cells.nominator ?? null)].flatMap((n) => unitOf(n) ?? [])),
    ];
    const [nominator, ...others] = nominators;
    if (!nominator) {
      notes.push(
        `${id}（${name}）的推荐单位“${text("nominator")}”不在单位表中，无法判断回避，未参加分派；请在“${reviewersSheet.label}”表改正。`,
      );
      return undefined;
    }
    const ownUnits = [
      ...new Set([...all("unit"), ...rows.map((r) => r.unitAbove)].map((u) => u.trim()).filter((u) => u !== "")),
    ];
    if (ownUnits.length === 0) notes.push(`${id}（${name}）没有填“单位”，无法按本人单位回避；请补填后重新分派。`);
    const accounts = all("account").map((a) => (isRuinedIdentifier(a) ? "" : cleanIdentifier(a)));
    const account = accounts.find((a) => a !== "") ?? "";
    const stageText = text("stage");
    const stage = findLabel(notice.stages, stageText) ?? "";
    if (stage === "" && nominator.kind !== "school") {
      notes.push(
        `${id}（${name}）的学段“${stageText}”未填或无法识别，只能评学段为“${notice.otherStage}”的案例；请补填后重新分派。`,
      );
    }
    const limit = record ? toHalfWidth(record.text("capacity")) : "";
    const capacity = /^\d+$/.test(limit) ? Number(limit) : undefined;
    if (limit !== "" && capacity === undefined) {
      notes.push(
        `“${reviewersSheet.label}”表第 ${record?.row} 行的评审上限“${limit}”不是 0 或正整数，未采用；请改正后重新分派。`,
      );
    }
    const entries = sources.flatMap((_, i) =>
      people.map((person) => ({ name: person, unit: all("unit")[i] ?? "", account: accounts[i] ?? "" })),
    );
    const persons = new Set(entries.filter((e) => e.account !== "").map((e) => identifyByAuthors(e, "")));
    for (const entry of entries) {
      // An author without an account is this expert by name and unit; one with another account is somebody else.
      const person = entry.unit === "" ? "" : identifyByAuthors({ ...entry, account: "" }, "");
      if (person.startsWith("name:") || (account === "" && person !== "")) persons.add(person);
    }
    return {
      id,
      record,
      cells,
      name,
      account,
      nominators: [nominator, ...others],
      ownUnits,
      stage,
      anyStage: stage === "" && nominator.kind === "school",
      fields: [...new Set(splitList(text("fields")).flatMap((f) => parseField(notice, f)?.key ?? []))],
      capacity,
      available: name !== "" && !all("status").includes(withdrawn) && !rows.some((r) => r.withdrawn),
      declared: [...new Set(all("conflicts").flatMap(splitList))],
      cleared: new Set(splitList(record?.text("cleared") ?? "").map(identifierKey)),
      persons,
    };
  };
  return { build };
}
