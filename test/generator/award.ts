/**
 * A whole invented award as raw inputs, of any size, with planted violations and their answer key.
 * The same options give the same award. No person, account, school or text is real.
 */
import { ningxia2025 } from "../../apps-script/core/notice/ningxia-2025.ts";
import type { AnswerKey, ExpectedFinding } from "./answers.ts";
import { makeExperts, plantExpertViolations, type UnitExperts, writeExpertTables, writeLiaisons } from "./experts.ts";
import type { GeneratedFile } from "./files.ts";
import { makePeople } from "./people.ts";
import { allBureaus, type GeneratedUnit, makeDirectSchools } from "./places.ts";
import { writePlatformExport } from "./platform-export.ts";
import { makeRandom, type Random } from "./random.ts";
import { plantHastyTicks, plantOverQuota, recommendWithinQuota } from "./recommendations.ts";
import { type DraftSubmission, makeSlots, makeSubmission, type SubmissionSource } from "./submissions.ts";
import { plantViolations } from "./violations.ts";

export interface AwardOptions {
  /** At most 28. */
  readonly bureaus: number;
  readonly schools: number;
  readonly submissionsPerBureau: number;
  readonly submissionsPerSchool: number;
  readonly seed: number;
  /** About how many words a submission's text has; some stand on the limits all the same. */
  readonly textLength: number;
  readonly violations: boolean;
}

export interface GeneratedAward {
  readonly files: readonly GeneratedFile[];
  readonly answers: AnswerKey;
}

const notice = ningxia2025;
const recommendedShare = 0.85;
/** Another round of violations for each so many submissions. */
const submissionsPerRound = 1500;

function writeUnits(units: readonly GeneratedUnit[]): GeneratedFile {
  const kinds = { bureau: "教育局", school: "厅直属学校" };
  const rows = units.map((u) => [
    u.code,
    u.name,
    kinds[u.kind],
    u.aliases.join("、"),
    u.parent,
    `${u.code.toLowerCase()}@example.invalid`,
  ]);
  const header = ["单位代码", "单位名称", "类别", "别名", "上级单位", "邮箱"];
  const format = { kind: "csv", encoding: "utf-8-bom", delimiter: ",", lineEnd: "\r\n" } as const;
  return { name: "单位名册.csv", format, sheets: [{ name: "", rows: [header, ...rows] }] };
}

function makeSubmissions(
  source: SubmissionSource,
  units: readonly GeneratedUnit[],
  options: AwardOptions,
): DraftSubmission[] {
  const lastOf = (kind: GeneratedUnit["kind"]) => units.filter((u) => u.kind === kind).at(-1);
  return units.flatMap((unit) => {
    const count = unit.kind === "school" ? options.submissionsPerSchool : options.submissionsPerBureau;
    const quota = unit.kind === "school" ? notice.quotas.school.value : notice.quotas.bureau.rural.value;
    const crowded = options.violations && unit === lastOf(unit.kind) && count > quota;
    const crowd = { slot: { field: 1, rural: unit.kind === "bureau" }, size: quota + 1 };
    return makeSlots(count, crowded ? crowd : undefined).map((slot, i) => makeSubmission(source, unit, slot, i + 1));
  });
}

function plant(source: SubmissionSource, units: readonly GeneratedUnit[], drafts: readonly DraftSubmission[]) {
  const expected: ExpectedFinding[] = [];
  const allowed: ExpectedFinding[] = [];
  for (const kind of ["bureau", "school"] as const) {
    const unit = units.filter((u) => u.kind === kind).at(-1);
    if (unit) plantOverQuota(drafts, unit, source.random, notice, expected);
  }
  let free = source.random.shuffle(drafts.filter((s) => !s.taken));
  const take = (fits: (s: DraftSubmission) => boolean = () => true) => {
    const found = free.find(fits);
    if (!found) return undefined;
    found.taken = true;
    free = free.filter((s) => s !== found);
    return found;
  };
  plantViolations({ source, expected, allowed, take }, Math.max(1, Math.round(drafts.length / submissionsPerRound)));
  return { expected, allowed };
}

/** A submission whose number the unit forgot. */
function forgetId(file: GeneratedFile, random: Random): { file: GeneratedFile; title: string } {
  const [sheet] = file.sheets;
  const rows = (sheet?.rows ?? []).map((row) => [...row]);
  const headerRow = rows.findIndex((row) => row.length > 30);
  const copy = [...(rows[headerRow + 1 + random.below(rows.length - headerRow - 1)] ?? [])];
  const title = "没有编号的一行";
  copy[0] = "";
  copy[1] = title;
  rows.splice(headerRow + 2, 0, copy);
  return { file: { ...file, sheets: [{ name: "Sheet1", ...sheet, rows }] }, title };
}

export function generateAward(options: AwardOptions): GeneratedAward {
  const random = makeRandom(options.seed);
  const people = makePeople(random);
  const units = [...allBureaus.slice(0, options.bureaus), ...makeDirectSchools(options.schools)];
  const source: SubmissionSource = { random, people, notice, textLength: options.textLength, titles: new Set() };
  const drafts = makeSubmissions(source, units, options);
  const { expected, allowed } = options.violations ? plant(source, units, drafts) : { expected: [], allowed: [] };
  recommendWithinQuota(drafts, recommendedShare, random, notice);
  if (options.violations) plantHastyTicks(drafts, random, notice, expected);

  const experts: UnitExperts[] = units.map((unit) => ({
    unit,
    experts: makeExperts({ random, people, notice }, unit),
  }));
  const author = drafts.find((s) => s.unit === units[0] && s.recommended)?.authors[0];
  if (options.violations && author) {
    const { name, unit, account } = author;
    plantExpertViolations(experts, notice, { name, unit, account }, expected);
  }

  const exports = units.map((unit, i) =>
    writePlatformExport(
      unit,
      drafts.filter((s) => s.unit === unit),
      i,
      random,
    ),
  );
  const rejected: { file: string; title: string }[] = [];
  const firstExport = exports[0];
  if (options.violations && firstExport && drafts.length > 0) {
    const { file, title } = forgetId(firstExport, random);
    exports[0] = file;
    rejected.push({ file: file.name, title });
  }
  const tables = experts.flatMap((u, i) => writeExpertTables(u, (i + 1) % 3, { random, people, notice }));
  const liaisons = writeLiaisons(units, { random, people, notice }, options.violations, expected);
  return {
    files: [writeUnits(units), ...exports, ...tables, liaisons.file],
    answers: {
      submissions: drafts.length,
      units: units.length,
      experts: experts.reduce((sum, u) => sum + u.experts.length, 0),
      liaisons: liaisons.count,
      recommended: drafts.filter((s) => s.recommended).length,
      cancelled: drafts.filter((s) => s.status !== "有效").length,
      expected: [...expected].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
      allowed,
      rejected,
    },
  };
}
