import { expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { accountFor } from "../../../apps-script/core/ranking/account.ts";
import { assessReview } from "../../../apps-script/core/ranking/assess.ts";
import { listRankingRows } from "../../../apps-script/core/ranking/ranking-rows.ts";
import { placeReviewed } from "../../../apps-script/core/review-book/find-reviewed.ts";
import { readReview } from "../../../apps-script/core/review-book/read-review.ts";
import { findParticipants } from "../../../apps-script/core/rules/eligible.ts";
import type { WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { typeCell } from "../in-memory-workbook.ts";
import { assigned, notice, recommendedSubmission, shared } from "../review-fixture.ts";

const submissions = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...recommendedSubmission(i),
    field: i % 2 ? "教研创新" : "教学革新",
    track: "城市",
  }));
const before = shared({ submissions: submissions(4) });
/** Two submissions more than were assigned. */
const after = shared({ submissions: submissions(6) });

function rowsOf(book: WorkbookSnapshot) {
  const award = readAward(after, notice);
  const review = placeReviewed(award, readReview(book, notice));
  const assessment = assessReview(award, review);
  const account = accountFor(award, review, assessment, () => findParticipants(award));
  const rows = listRankingRows(award, review, assessment, account, new Set());
  return rows.map(({ standing, group, rank, remark }) => [standing.reviewed.id, group?.field, rank, remark]);
}

test("nobody has scored: group by group those who wait, then those whom nobody reviews yet", () => {
  const [a, b, c, d, e, f] = readAward(after, notice).submissions.map(({ id }) => id);
  const rows = rowsOf(assigned(before));
  const lacking = "待评：已收到 0 份完整评分，需 3 份";
  const inField = (field: string) => rows.filter((row) => row[1] === field);
  expect(
    inField("教学革新")
      .map(([id]) => id)
      .sort(),
  ).toEqual([a, c, e]);
  expect(
    inField("教研创新")
      .map(([id]) => id)
      .sort(),
  ).toEqual([b, d, f]);
  expect(rows.map(([, , , remark]) => remark)).toEqual([
    lacking,
    lacking,
    "待评：未分派",
    lacking,
    lacking,
    "待评：未分派",
  ]);
  expect([rows[2]?.[0], rows[5]?.[0]]).toEqual([e, f]);
  expect(rows.every(([, , rank]) => rank === undefined)).toBe(true);
});

test("a ruling that cancels one nobody reviews yet: it is listed with the ruling, not as waiting", () => {
  const ids = readAward(after, notice).submissions.map(({ id }) => id);
  const last = ids[5] ?? "";
  const cells = [last, "取消资格", "抄袭剽窃", "雷同"];
  const book = cells.reduce((found, value, c) => typeCell(found, "裁定", 4, c + 1, value), assigned(before));
  const row = rowsOf(book).find(([id]) => id === last);
  expect(row?.[3]).toMatch(/^裁定取消资格（抄袭剽窃）/);
});
