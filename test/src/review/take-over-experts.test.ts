import { expect, test } from "vitest";
import { expertsSheet } from "../../../apps-script/core/schema/application.ts";
import { administrator, type LocalAward, runReview } from "../../node-tools/local-sheets/local-award.ts";
import { cellsOf, expertsWithAddresses, newReview } from "./review-desk.ts";

const takeOver = (award: LocalAward) => {
  runReview(award, "takeOverExperts");
  return award.told.at(-1) ?? "";
};
const logged = (award: LocalAward) =>
  cellsOf(award, award.review, "日志")
    .filter((row) => row[2] === "移交专家名单")
    .map((row) => row[4]);
const few = expertsWithAddresses().slice(0, 12);

/** Types experts below those that are there. */
function type(award: LocalAward, experts: readonly Readonly<Record<string, unknown>>[]): void {
  const rows = cellsOf(award, award.shared, "专家");
  const labels = rows[0] ?? [];
  const columns = expertsSheet.columns.filter(({ label }) => labels.includes(label));
  const values = experts.map((expert) => columns.map(({ key }) => String(expert[key] ?? "")));
  const first = rows.filter((row) => row.some((cell) => cell !== null && cell !== "")).length + 1;
  award.google.edit(award.shared, administrator, { sheet: "专家", row: first, column: 1, values });
}

test("where nobody has typed an expert the list counts as moved, and 日志 stays as it is", () => {
  const award = newReview({ experts: [] }, 1);
  expect(takeOver(award)).toContain("已移交 0 行专家（新增 0 行）");
  expect(logged(award)).toEqual([]);
  expect(takeOver(award)).toContain("没有新的专家，无需移交");
});

test("what is asked and what is told have the counts", () => {
  const award = newReview({ experts: few }, 1);
  expect(takeOver(award)).toContain("已移交 12 行专家（新增 12 行）");
  expect(award.told.at(-2)).toContain("“专家”表有 12 行，其中 12 行评审工作簿里还没有");
  expect(award.told.at(-1)).not.toContain("保留原值");
  expect(logged(award)).toEqual(["移交 12 行，新增 12 行"]);
});

test.for([
  { differing: 10, listed: 10, rest: 0 },
  { differing: 12, listed: 10, rest: 2 },
])("$differing cells that differ from what was moved stay; $listed are listed", ({ differing, listed, rest }) => {
  const award = newReview({ experts: few }, 1);
  takeOver(award);
  type(
    award,
    few.slice(0, differing).map((expert) => ({ ...expert, email: `neu-${expert.email}` })),
  );
  const told = takeOver(award);
  expect(told.match(/neu-/g)).toHaveLength(listed);
  expect(told.includes("……另有")).toBe(rest > 0);
  if (rest > 0) expect(told).toContain(`……另有 ${rest} 条`);
  expect(logged(award).at(-1)).toBe(`移交 ${differing} 行，新增 0 行，${differing} 处与已有内容不同`);
  expect(cellsOf(award, award.review, "专家").flat().join()).not.toContain("neu-");
});

/** Somebody types another expert whenever rows have been copied, so many times. */
function typedMeanwhile(times: number): LocalAward {
  const award = newReview({ experts: few.slice(0, 2) }, 1);
  let [left, isTyping, isCopied] = [times, false, false];
  award.google.surroundings.beforeCall = ({ name }) => {
    if (isTyping) return;
    if (name === "Range.setValues") isCopied = true;
    if (name !== "SpreadsheetApp.flush" || !isCopied || left === 0) return;
    isCopied = false;
    isTyping = true;
    left--;
    type(award, few.slice(2 + left, 3 + left));
    isTyping = false;
  };
  takeOver(award);
  delete award.google.surroundings.beforeCall;
  return award;
}

test.for([1, 2])("experts that are typed while rows are copied, %i times, come along", (times) => {
  const award = typedMeanwhile(times);
  expect(award.told.at(-1)).toContain(`已移交 ${2 + times} 行专家（新增 ${2 + times} 行）`);
  expect(cellsOf(award, award.shared, "专家")).toHaveLength(1);
  expect(cellsOf(award, award.review, "专家")).toHaveLength(1 + 2 + times);
});

test("where somebody types all the time nothing is emptied, and it can be run again", () => {
  const award = typedMeanwhile(3);
  expect(award.told.at(-1)).toContain("没有清空");
  expect(cellsOf(award, award.shared, "专家").length).toBeGreaterThanOrEqual(1 + 5);
  expect(takeOver(award)).toContain("已移交 5 行专家");
  expect(cellsOf(award, award.review, "专家")).toHaveLength(1 + 5);
});
