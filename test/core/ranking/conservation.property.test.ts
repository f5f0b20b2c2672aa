import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { rememberUnitNames } from "../../../apps-script/core/award/unit-names.ts";
import { listWinners } from "../../../apps-script/core/exports/public-notice.ts";
import { publicationList } from "../../../apps-script/core/exports/publication-list.ts";
import { planReview } from "../../../apps-script/core/panel/assign.ts";
import { rankReview } from "../../../apps-script/core/ranking/rank.ts";
import type { RankResult } from "../../../apps-script/core/ranking/rank-result.ts";
import { readRanking } from "../../../apps-script/core/ranking/read-ranking.ts";
import { placeReviewed } from "../../../apps-script/core/review-book/find-reviewed.ts";
import { readReview } from "../../../apps-script/core/review-book/read-review.ts";
import { findParticipants } from "../../../apps-script/core/rules/eligible.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { runsOf } from "../../sweep.ts";
import { date, tongxin, validExpert, validSubmission, xingqing } from "../award-builder.ts";
import { applyPatch, sheetNamed } from "../in-memory-workbook.ts";
import { assigned, items, jinfeng, notice, rowsOf, shared } from "../review-fixture.ts";

/**
 * Nothing vanishes: whatever people do between two commands, every recommended, clean case is ranked, waits with a reason
 * or is cancelled, every row of 评分 is used or told, the lists agree, and no case ever gets the scores of another.
 */

interface World {
  readonly award: WorkbookSnapshot;
  readonly review: WorkbookSnapshot;
  /** 评审编号 → 联系电话 of the case that it was given to: what none of the edits below touches. */
  readonly owners: ReadonlyMap<string, string>;
  /** Makes names and numbers that were never used. */
  readonly next: number;
}

const cases = 6;
const units = [xingqing, tongxin, jinfeng];
const unitNames = units.map((unit) => String(unit.name));

const caseRow = (i: number) => ({
  ...validSubmission(i),
  nominator: unitNames[i % 3]!,
  field: "教学革新",
  track: i % 2 ? "城市" : "乡村",
  stage: "小学",
  phone: `1370000${String(i).padStart(4, "0")}`,
  recommended: i < 5 ? "是" : "否",
  recommendedOn: date("2025-10-20"),
});

type Cells = readonly CellValue[];

function editRows(snapshot: WorkbookSnapshot, sheet: string, change: (rows: Cells[], header: Cells) => Cells[]) {
  const { rows } = sheetNamed(snapshot, sheet);
  const [header = [], ...rest] = rows;
  const changed = [header, ...change([...rest], header)];
  return { sheets: snapshot.sheets.map((each) => (each.name === sheet ? { ...each, rows: changed } : each)) };
}

function setCell(snapshot: WorkbookSnapshot, sheet: string, at: number, label: string, value: CellValue) {
  return editRows(snapshot, sheet, (rows, header) => {
    const [row, column] = [at % Math.max(1, rows.length), header.indexOf(label)];
    return rows.map((cells, r) =>
      r === row ? header.map((_, c) => (c === column ? value : (cells[c] ?? null))) : cells,
    );
  });
}

const dropRow = (snapshot: WorkbookSnapshot, sheet: string, at: number) =>
  editRows(snapshot, sheet, (rows) => rows.filter((_, r) => rows.length <= 1 || r !== at % rows.length));

const turn = (snapshot: WorkbookSnapshot, sheet: string, at: number) =>
  editRows(snapshot, sheet, (rows) => [...rows.slice(at % rows.length), ...rows.slice(0, at % rows.length)].reverse());

/** What people do by hand; `at` says where, taken round. */
const edits: Readonly<Record<string, (world: World, at: number) => Partial<World>>> = {
  "rename a unit": ({ award, next }, at) => ({ award: setCell(award, "单位", at, "单位名称", `更名${next}教育局`) }),
  "correct a number": ({ award, next }, at) => ({ award: setCell(award, "案例", at, "案例编号", `R-${next}`) }),
  "correct case and dashes of a number": ({ award }, at) => {
    const id = String(rowsOf(award, "案例")[at % rowsOf(award, "案例").length]?.案例编号);
    return { award: setCell(award, "案例", at, "案例编号", id.toLowerCase().replace(/-/g, "—")) };
  },
  "take over the number of another": ({ award }, at) => {
    const rows = rowsOf(award, "案例");
    const [a, b] = [at % rows.length, (at + 1) % rows.length];
    const [idA, idB] = [rows[a]!.案例编号!, rows[b]!.案例编号!];
    return { award: setCell(setCell(award, "案例", a, "案例编号", idB), "案例", b, "案例编号", idA) };
  },
  "correct a title": ({ award, next }, at) => ({ award: setCell(award, "案例", at, "案例名称", `名称已改${next}`) }),
  "correct a nominator": ({ award }, at) => {
    const names = rowsOf(award, "单位").map((row) => String(row.单位名称));
    return { award: setCell(award, "案例", at, "推荐单位", names[(at >> 3) % names.length]!) };
  },
  "name a unit by its code or alias": ({ award }, at) => {
    const row = rowsOf(award, "案例")[at % rowsOf(award, "案例").length]!;
    const unit = rowsOf(award, "单位").find((u) => u.单位名称 === row.推荐单位);
    if (!unit) return {};
    return {
      award: setCell(award, "案例", at, "推荐单位", (at >> 3) % 2 ? unit.单位代码! : String(unit.别名).split("、")[0]!),
    };
  },
  "correct a field": ({ award }, at) => ({
    award: setCell(award, "案例", at, "领域", (at >> 3) % 2 ? "教研创新" : "教学革新"),
  }),
  "correct a track": ({ award }, at) => ({
    award: setCell(award, "案例", at, "赛道", (at >> 3) % 2 ? "城市" : "乡村"),
  }),
  "correct a stage": ({ award }, at) => ({
    award: setCell(award, "案例", at, "学段", (at >> 3) % 2 ? "其他" : "小学"),
  }),
  "tick or untick": ({ award }, at) => ({ award: setCell(award, "案例", at, "推荐", (at >> 3) % 3 ? "是" : "否") }),
  cancel: ({ award }, at) => ({ award: setCell(award, "案例", at, "状态", (at >> 3) % 2 ? "取消资格" : "有效") }),
  "delete a case": ({ award }, at) => ({ award: dropRow(award, "案例", at) }),
  "sort the cases": ({ award }, at) => ({ award: turn(award, "案例", at) }),
  "a new case": ({ award, review, next }, at) => {
    const { rows } = sheetNamed(award, "案例");
    const fresh = sheetNamed(shared({ units, experts: [], submissions: [caseRow(20 + next)] }), "案例").rows[1]!;
    const known = rowsOf(review, "参评案例");
    const id = (at >> 3) % 2 ? `N-${next}` : (known[at % Math.max(1, known.length)]?.案例编号 ?? "N-1");
    const row = fresh.map((value, c) => {
      const label = rows[0]![c];
      if (label === "推荐单位") return rowsOf(award, "单位")[at % 3]!.单位名称 ?? value;
      return label === "推荐" ? "是" : label === "案例编号" ? id : value;
    });
    return { award: editRows(award, "案例", (all) => [...all, row]) };
  },
  "an expert withdraws": ({ award }, at) => ({ award: setCell(award, "专家", at, "状态", "退出") }),
  "delete a score": ({ review }, at) => ({ review: dropRow(review, "评分", at) }),
  "delete an assignment": ({ review }, at) => ({ review: dropRow(review, "分派", at) }),
  "delete a case under review": ({ review }, at) => ({ review: dropRow(review, "参评案例", at) }),
  "sort the scores": ({ review }, at) => ({ review: turn(review, "评分", at) }),
  "a ruling": ({ award, review }, at) => {
    const id = rowsOf(award, "案例")[at % rowsOf(award, "案例").length]?.案例编号 ?? "";
    const header = sheetNamed(review, "裁定").rows.find((row) => row.includes("决定"))!;
    const ruling: Record<string, CellValue> = { 案例编号: id, 决定: "取消资格", 取消类别: "抄袭剽窃" };
    const row = header.map((label) => ruling[String(label)] ?? null);
    return { review: editRows(review, "裁定", (rows) => [...rows, row]) };
  },
};

/** Every active pair without a score gets one: what collecting leaves behind. */
function collect(review: WorkbookSnapshot): WorkbookSnapshot {
  const header = sheetNamed(review, "评分").rows[0]!;
  const known = new Set(rowsOf(review, "评分").map((row) => `${row.评审编号}/${row.专家编号}`));
  const fresh = rowsOf(review, "分派")
    .filter((row) => row.状态 === "已分派" && !known.has(`${row.评审编号}/${row.专家编号}`))
    .map((row) => {
      const seed = String(row.评审编号).charCodeAt(3) % 5;
      return header.map((label) => {
        const item = items.find((each) => each.label === label);
        if (item) return item.max - seed - (item.max % 2);
        return label === "评审编号" || label === "专家编号" ? row[String(label)]! : null;
      });
    });
  const scored = editRows(review, "分派", (rows, columns) => {
    const status = columns.indexOf("状态");
    return rows.map((row) => row.map((value, c) => (c === status && value === "已分派" ? "已评分" : value)));
  });
  return editRows(scored, "评分", (rows) => [...rows, ...fresh]);
}

const phones = (award: WorkbookSnapshot) =>
  new Map(rowsOf(award, "案例").map((row) => [String(row.案例编号), String(row.联系电话)]));

/** Given anew by this assignment: the case of each 评审编号 is remembered by what nobody touches. */
function assign(world: World): World {
  const review = applyPatch(world.review, planReview(world.award, world.review, notice, { reviews: 2 }).patch);
  const owners = new Map(world.owners);
  const byId = phones(world.award);
  for (const row of rowsOf(review, "参评案例")) {
    const reviewId = String(row.评审编号);
    if (!owners.has(reviewId)) owners.set(reviewId, byId.get(String(row.案例编号)) ?? "");
  }
  return { ...world, review, owners };
}

const idsOf = (result: RankResult) => ({
  ranked: result.groups.flatMap(({ ranking }) => ranking.map(({ id }) => id)),
  waiting: result.waiting.map(({ id }) => id),
  cancelled: result.cancelled,
});

function checkLaw(world: World): World {
  const award = readAward(world.award, notice);
  const participants = findParticipants(award);
  const { result, patch, open } = rankReview(world.award, world.review, notice, {}, participants);
  const review = applyPatch(world.review, patch);
  const { ranked, waiting, cancelled } = idsOf(result);

  const clean = new Set(participants.clean);
  const ids = award.submissions.filter((s) => clean.has(s.key)).map((s) => s.id);
  const places = [...ranked, ...waiting, ...cancelled];
  const times = (list: readonly string[], id: string) => list.filter((other) => other === id).length;
  for (const id of ids) expect([id, times(places, id)]).toEqual([id, 1]);
  for (const { reason } of result.waiting) expect(reason).not.toBe("");
  expect(result.pending).toEqual(waiting);

  const summary = rowsOf(review, "汇总");
  const inRanking = summary.filter((row) => !String(row.备注).startsWith("未参加排名"));
  for (const id of ids) expect([id, inRanking.filter((row) => row.案例编号 === id).length]).toEqual([id, 1]);

  const rows = rowsOf(world.review, "评分");
  expect(result.scores).toEqual({ rows: rows.length, used: rows.length - result.orphaned.length });
  const unused = new Set(result.orphaned.map(({ row }) => row));
  expect(unused.size).toBe(result.orphaned.length);
  const phoneOf = new Map(award.submissions.map((s) => [s.id, s.record.text("phone")]));
  const duplicated = (id: string) => award.submissions.filter((s) => s.id === id).length > 1;
  rows.forEach((row, r) => {
    const reviewId = String(row.评审编号);
    if (unused.has(r + 2)) return;
    const line = summary.find((each) => each.评审编号 === reviewId);
    const id = String(line?.案例编号);
    if (!duplicated(id)) expect([reviewId, phoneOf.get(id)]).toEqual([reviewId, world.owners.get(reviewId)]);
    expect([...places]).toContain(id);
  });
  for (const line of inRanking) {
    const own = rows.filter((row, r) => row.评审编号 === line.评审编号 && !unused.has(r + 2));
    expect([line.评审编号, Number(line.评分数) <= own.length]).toEqual([line.评审编号, true]);
  }
  if (waiting.length + result.orphaned.length + result.unsure.length > 0) expect(open).not.toEqual([]);

  const placed = placeReviewed(award, readReview(review, notice));
  const last = readRanking(award, placed);
  const published = publicationList(award, last).slice(1);
  const state = new Map(published.map((row) => [row[0]!, row[8]!]));
  const awards = new Map(result.groups.flatMap(({ ranking }) => ranking.map((place) => [place.id, place.award])));
  for (const id of ids) {
    const expected = waiting.includes(id) ? "待评" : cancelled.includes(id) ? undefined : awards.get(id) ? "是" : "否";
    expect([id, state.get(id)]).toEqual([id, expected]);
  }
  expect(
    listWinners(last, award.settings)
      .map((result) => result.id)
      .sort(),
  ).toEqual(
    // Two submissions may have come to bear one number.
    result.groups.flatMap(({ ranking }) => ranking.flatMap(({ id, award }) => (award === "" ? [] : [id]))).sort(),
  );
  return { ...world, review };
}

function start(): World {
  const bare = shared({
    units,
    submissions: Array.from({ length: cases }, (_, i) => caseRow(i)),
    experts: unitNames.flatMap((name, u) => [0, 1].map((i) => validExpert(10 * u + i, name))),
  });
  // As after an import: the names of the units are remembered.
  const award = applyPatch(bare, { sheets: rememberUnitNames(bare, readAward(bare, notice).units) });
  const first = assigned(award, { reviews: 2 });
  const world = assign({ award, review: first, owners: new Map(), next: 1 });
  return { ...world, review: collect(world.review) };
}

const edit = fc.record({ what: fc.constantFrom(...Object.keys(edits)), at: fc.nat(63) });
const step = fc.record({
  edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
  command: fc.constantFrom("assign", "collect", "rank"),
});

function run(
  world: World,
  steps: readonly { readonly edits: readonly { what: string; at: number }[]; command: string }[],
) {
  let now = world;
  for (const { edits: made, command } of steps) {
    for (const { what, at } of made) {
      // Whoever writes into the shared workbook remembers the names that the units bear.
      const remembered = rememberUnitNames(now.award, readAward(now.award, notice).units);
      now = { ...now, award: applyPatch(now.award, { sheets: remembered }) };
      now = { ...now, ...edits[what]!(now, at), next: now.next + 1 };
    }
    if (command === "assign") now = assign(now);
    if (command === "collect") now = { ...now, review: collect(now.review) };
    if (command === "rank") now = checkLaw(now);
  }
  return checkLaw(now);
}

describe("the law of conservation", () => {
  const world = start();

  test("holds before anything is touched, with nothing open", () => {
    const { result } = rankReview(world.award, world.review, notice);
    expect(idsOf(result).ranked).toHaveLength(5);
    expect(result).toMatchObject({ waiting: [], cancelled: [], orphaned: [], found: [], unsure: [] });
    checkLaw(world);
  });

  test("holds over random edits between every two commands", { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 2 }), (steps) => void run(world, steps)),
      { numRuns: Number(process.env.CONSERVATION_RUNS ?? runsOf(1000)) },
    );
  });
});
