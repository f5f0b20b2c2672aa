import { describe, expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { describeUnsure, placeReviewed } from "../../../apps-script/core/review-book/find-reviewed.ts";
import { readReview } from "../../../apps-script/core/review-book/read-review.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import type { SubmissionRow } from "../award-builder.ts";
import { sheetNamed, typeCell } from "../in-memory-workbook.ts";
import { assigned, notice, recommendedSubmission, shared } from "../review-fixture.ts";

const rows = Array.from({ length: 4 }, (_, i) => recommendedSubmission(i));
const review = assigned(shared({ submissions: rows }), { reviews: 1 });
const [first, second] = rows;

/** The review workbook with 作者摘要 and the like emptied, as versions before 0.2.0 wrote it. */
function without(label: string): WorkbookSnapshot {
  const { rows: cells } = sheetNamed(review, "参评案例");
  const column = (cells[0] ?? []).indexOf(label) + 1;
  return cells
    .slice(1)
    .reduce<WorkbookSnapshot>((book, _, i) => typeCell(book, "参评案例", i + 2, column, null), review);
}

function place(changed: readonly SubmissionRow[], book = review) {
  const award = readAward(shared({ submissions: changed }), notice);
  const { reviewed, found, unsure, pairs } = placeReviewed(award, readReview(book, notice));
  const idOf = (key: string) => award.submissions.find((s) => s.key === key)?.id;
  return {
    ids: reviewed.map(({ key }) => idOf(key)).sort(),
    found: found.map(({ from, to, reason }) => `${from} ${to} ${reason}`),
    unsure: unsure.map(({ reviewed: { id }, candidates }) => [id, ...candidates.map((s) => s.record.row)]),
    pairs: pairs.map(({ id }) => id).sort(),
    told: unsure.map(describeUnsure),
  };
}
const change = (cells: SubmissionRow, at = 0) => rows.map((row, i) => (i === at ? { ...row, ...cells } : row));
const all = rows.map(({ id }) => String(id)).sort();

describe("which submission a row of 参评案例 is", () => {
  test.for<{ name: string; rows: readonly SubmissionRow[]; ids?: (string | undefined)[]; found?: string[] }>([
    { name: "nothing has changed", rows },
    { name: "the rows stand in another order", rows: [...rows].reverse() },
    {
      name: "its number was corrected",
      rows: change({ id: "A901" }),
      ids: [...all.slice(1), "A901"],
      found: ["A001 A901 案例编号由“A001”改为“A901”"],
    },
    {
      name: "its title was corrected",
      rows: change({ title: "另一个题目" }),
      found: [`A001 A001 案例名称由“${first?.title}”改为“另一个题目”`],
    },
    { name: "its authors were corrected", rows: change({ "author1.name": "改名" }) },
    {
      name: "its field and stage were corrected",
      rows: change({ field: "评价改革", stage: "高中" }, 1),
      found: [`A002 A002 领域由“${second?.field}”改为“评价改革”，学段由“${second?.stage}”改为“高中”`],
    },
    {
      name: "its unit was corrected",
      rows: change({ nominator: "同心县教育局", track: "乡村" }),
      found: [expect.stringContaining("推荐单位由") as unknown as string],
    },
    {
      name: "unit and title were corrected, number and authors are the same",
      rows: change({ nominator: "同心县教育局", title: "另一个题目" }),
      found: [expect.stringMatching(/案例名称由.*推荐单位由/) as unknown as string],
    },
    {
      name: "another has its number, with other title and authors",
      rows: change({ ...recommendedSubmission(20), id: "A001", nominator: first?.nominator ?? null }),
      ids: [...all.slice(1), undefined],
    },
    { name: "it is gone", rows: rows.slice(1), ids: [...all.slice(1), undefined] },
  ])("$name", ({ rows: changed, ids = all, found = [] }) => {
    const placed = place(changed);
    expect(placed.ids).toEqual([...ids].sort());
    expect(placed.found).toEqual(found);
  });

  test("pairs bear the number that the submission has now", () => {
    expect(place(change({ id: "A901" })).pairs).toEqual([...all.slice(1), "A901"]);
    expect(place(rows.slice(1)).pairs).toEqual(all);
  });

  test("one of two that are alike is asked, never guessed", () => {
    const twins = [{ ...first, id: "A901" }, { ...first, id: "A902" }, ...rows.slice(1)];
    const { unsure, found, told } = place(twins);
    expect(found).toEqual([]);
    expect(unsure).toEqual([["A001", 2, 3]]);
    expect(told[0]).toContain(
      `可能是 A901“${first?.title}”（“案例”表第 2 行）、A902“${first?.title}”（“案例”表第 3 行），不能确定`,
    );
  });

  test("another submission under its number is asked about", () => {
    const other = { ...recommendedSubmission(20), id: "A001", nominator: first?.nominator ?? null };
    expect(place(change(other)).unsure).toEqual([["A001", 2]]);
  });

  test("before authors were kept the number alone tells a submission whose title was corrected", () => {
    const label = String((sheetNamed(review, "参评案例").rows[0] ?? []).at(-1));
    const other: Record<string, CellValue> = { title: "另一个题目" };
    expect(place(change(other), without(label)).ids).toEqual(all);
    expect(place(change({ id: "A901" }), without(label)).found).toHaveLength(1);
  });
});
