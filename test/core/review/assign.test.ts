import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planReview } from "../../../apps-script/core/review/assign.ts";
import { emptySnapshot, type WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch, sheetNamed, typeCell } from "../in-memory-workbook.ts";
import { assigned, defaultExperts, notice, recommendedSubmission, rowsOf, shared } from "./review-fixture.ts";

test("smoke", () => {
  const award = shared();
  const plan = planReview(award, undefined, notice);
  console.log(plan.result.experts.map((e) => e.load).join(" "), plan.result.pairs.length, plan.result.unfilled, plan.notes, plan.facts);
  const review = assigned(award);
  console.log(rowsOf(review, "参评案例").slice(0, 3), rowsOf(review, "分派").slice(0, 3), rowsOf(review, "评审专家").slice(0, 2));
});
