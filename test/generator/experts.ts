/** Expert tables (附件6) in the three shapes that units send, and the list of liaison staff. */
import type { Notice } from "../../apps-script/core/notice/notice.ts";
import type { CellValue } from "../../apps-script/core/workbook/port.ts";
import type { ExpectedFinding } from "./answers.ts";
import type { GeneratedFile } from "./files.ts";
import type { PeopleSource, Person } from "./people.ts";
import type { GeneratedUnit } from "./places.ts";
import type { Random } from "./random.ts";
import { spellDate } from "./spelling.ts";
import { addDays } from "./submissions.ts";

interface DraftExpert extends Person {
  readonly stage: string;
  title: string;
  phone: string;
  fields: string;
  conflicts: string;
  submittedOn: string;
}

export interface ExpertSource {
  readonly random: Random;
  readonly people: PeopleSource;
  readonly notice: Notice;
}

const titles = ["一级教师", "高级教师", "正高级教师"];

function makeExpert(source: ExpertSource, unit: GeneratedUnit, stage: string): DraftExpert {
  const { random, people, notice } = source;
  const deadline = notice.expertDeadline.value;
  return {
    ...people.create(unit, stage),
    stage,
    title: random.pick(titles),
    phone: random.chance(0.1) ? `0951-${random.between(2000000, 8999999)}` : people.phone(),
    fields: random
      .shuffle(notice.fields)
      .slice(0, random.between(1, 2))
      .map((f) => f.label)
      .join("、"),
    conflicts: "",
    submittedOn: random.chance(0.1) ? deadline : addDays(deadline, -random.between(1, 14)),
  };
}

export function makeExperts(source: ExpertSource, unit: GeneratedUnit): DraftExpert[] {
  const { notice, random } = source;
  if (unit.kind === "school")
    return Array.from({ length: notice.experts.school.value }, () =>
      makeExpert(source, unit, random.pick(notice.stages)),
    );
  return notice.stages.flatMap((stage) =>
    Array.from({ length: notice.experts.bureauPerStage.value }, () => makeExpert(source, unit, stage)),
  );
}

export interface UnitExperts {
  readonly unit: GeneratedUnit;
  experts: DraftExpert[];
}

/** As far as the units go; the author becomes an expert of his own bureau. */
export function plantExpertViolations(
  all: readonly UnitExperts[],
  notice: Notice,
  author: Person,
  expected: ExpectedFinding[],
) {
  const bureaus = all.filter((u) => u.unit.kind === "bureau" && u.experts.length > 3);
  const schools = all.filter((u) => u.unit.kind === "school");
  const nth = (list: UnitExperts[], i: number): UnitExperts | undefined => list[i];
  const at = (u: UnitExperts, code: string, stage?: string) =>
    expected.push({ code, nominator: u.unit.name, ...(stage === undefined ? {} : { stage }) });
  const change = (
    u: UnitExperts | undefined,
    i: number,
    code: string,
    edit: (e: DraftExpert) => Partial<DraftExpert>,
  ) => {
    const expert = u?.experts[i];
    if (!u || !expert) return;
    Object.assign(expert, edit(expert));
    at(u, code);
  };
  change(nth(bureaus, 0), 1, "EXPERT-PHONE", () => ({ phone: "8621" }));
  change(nth(bureaus, 1), 2, "EXPERT-REQUIRED", () => ({ title: "" }));
  change(nth(bureaus, 2), 3, "EXPERT-DEADLINE", () => ({ submittedOn: addDays(notice.expertDeadline.value, 1) }));
  const short = nth(bureaus, 1);
  if (short) {
    const last = short.experts.at(-1);
    short.experts = short.experts.slice(0, -1);
    if (last) at(short, "EXPERT-COUNT", last.stage);
  }
  const twice = nth(bureaus, 2);
  const repeated = twice?.experts[0];
  if (twice && repeated) {
    twice.experts = [...twice.experts, { ...repeated }];
    at(twice, "EXPERT-DUPLICATE");
    at(twice, "EXPERT-COUNT", repeated.stage);
  }
  const lonely = nth(schools, 1);
  if (lonely && schools.length > 1) {
    lonely.experts = lonely.experts.slice(0, 1);
    at(lonely, "EXPERT-COUNT");
  }
  const host = nth(bureaus, 0)?.experts[0];
  if (host) Object.assign(host, author);
}

const columns = ["序号", "专家姓名", "职称", "教育云账号", "单位", "联系电话"];

function makeRow(e: DraftExpert, no: number, random: Random): CellValue[] {
  const phone = /^1\d{10}$/.test(e.phone) && random.chance(0.6) ? Number(e.phone) : e.phone;
  return [no, e.name, e.title, e.account, e.unit, phone];
}

function heading(unit: GeneratedUnit, random: Random, people: PeopleSource, width: number): CellValue[][] {
  const filler = people.name(3);
  const phone = `0951-${random.between(2000000, 8999999)}`;
  const oneCell = random.chance(0.5);
  const nominator: CellValue[] = oneCell ? [`推荐单位（盖章）：${unit.name}`] : ["推荐单位（盖章）:", null, unit.name];
  const contact: CellValue[] = oneCell
    ? [`填表人：${filler}　　联系电话：${phone}`]
    : ["填表人:", null, filler, null, "联系电话:", phone];
  return [["附件6"], ["专家推荐表"], nominator, contact].map((row) => [
    ...row,
    ...Array(width - row.length).fill(null),
  ]);
}

function table(name: string, sheet: string, rows: CellValue[][]): GeneratedFile {
  return { name, format: { kind: "xlsx" }, sheets: [{ name: sheet, rows, mergedRows: [2] }] };
}

/** `shape` 0: a column 学段; 1: a row above each group; 2: a table for each stage, which its title and file name give. */
export function writeExpertTables(
  u: UnitExperts,
  shape: number,
  { random, people, notice }: ExpertSource,
): GeneratedFile[] {
  const { unit, experts } = u;
  const file = `专家推荐表-${unit.name}.xlsx`;
  const dated = (e: DraftExpert) => spellDate(e.submittedOn, random);
  if (shape === 0 || unit.kind === "school") {
    const header = [...columns, "学段", "擅长领域", "回避声明", "填报日期"];
    const rows = experts.map((e, i) => [
      ...makeRow(e, i + 1, random),
      e.stage,
      e.fields,
      e.conflicts || null,
      dated(e),
    ]);
    return [table(file, "Sheet1", [...heading(unit, random, people, header.length), header, ...rows])];
  }
  const header = [...columns, "填报日期"];
  const group = (stage: string) =>
    experts.filter((e) => e.stage === stage).map((e, i) => [...makeRow(e, i + 1, random), dated(e)]);
  const note = ["填表说明：本表须加盖公章，电子版与扫描件一并报送。"];
  if (shape === 1) {
    const rows = notice.stages.flatMap((stage) => [[`${stage}组（${group(stage).length}人）`], ...group(stage)]);
    return [table(file, "推荐表", [...heading(unit, random, people, header.length), header, ...rows, note])];
  }
  return notice.stages.map((stage) => {
    const top = heading(unit, random, people, header.length);
    top[1] = [`专家推荐表（${stage}）`];
    // The form has more numbered lines than were filled in.
    const rows = [...group(stage), [group(stage).length + 1], [group(stage).length + 2]];
    return table(`专家推荐表（${stage}）-${unit.name}.xlsx`, "Sheet1", [...top, header, ...rows, note]);
  });
}

/** The liaison staff of all units in one list; the first unit names three, the last bureau a wrong number. */
export function writeLiaisons(
  units: readonly GeneratedUnit[],
  { people, notice, random }: ExpertSource,
  violations: boolean,
  expected: ExpectedFinding[],
): { file: GeneratedFile; count: number } {
  const rows: string[][] = [];
  units.forEach((unit, i) => {
    const extra = violations && i === 0 ? 1 : 0;
    if (extra) expected.push({ code: "LIAISON-COUNT", nominator: unit.name });
    for (let n = 0; n < notice.liaisons.value + extra; n++) {
      const wrong = violations && i === units.length - 1 && n === 0;
      if (wrong) expected.push({ code: "LIAISON-PHONE", nominator: unit.name });
      const { name, account } = people.create(unit, "小学");
      rows.push([unit.name, spacedName(name, random), wrong ? "0951-88" : people.phone(), account]);
    }
  });
  const table = [["推荐单位", "姓名", "联系电话", "教育云账号"], ...rows];
  const format = { kind: "csv", encoding: "gb18030", delimiter: ",", lineEnd: "\r\n" } as const;
  return { file: { name: "联络员名单.csv", format, sheets: [{ name: "", rows: table }] }, count: rows.length };
}

/** Two-character names are often set with a space between. */
export function spacedName(name: string, random: Random): string {
  return name.length === 2 && random.chance(0.3) ? [...name].join("　") : name;
}
