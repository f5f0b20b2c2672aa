import { expect, test } from "vitest";
import { rankReview } from "../../../apps-script/core/ranking/rank.ts";
import { withoutRowsOf } from "../../../apps-script/core/review-book/lighten.ts";
import { expertsSheet, liaisonsSheet, textsSheet } from "../../../apps-script/core/schema/application.ts";
import { sheetNamed } from "../in-memory-workbook.ts";
import { assigned, notice, shared } from "../review-fixture.ts";

test("a sheet without its rows is never read", () => {
  const award = shared();
  const sheets = award.sheets.map((sheet) =>
    sheet.name === textsSheet.label
      ? {
          ...sheet,
          get rows(): never {
            throw new Error("read");
          },
        }
      : sheet,
  );
  const light = withoutRowsOf({ sheets }, [textsSheet]);
  expect(sheetNamed(light, textsSheet.label).rows).toEqual([textsSheet.columns.map((c) => c.label)]);
});

test("a ranking needs neither texts nor people", () => {
  const award = shared();
  const light = withoutRowsOf(award, [textsSheet, expertsSheet, liaisonsSheet]);
  const review = assigned(award);
  expect(rankReview(light, review, notice)).toEqual(rankReview(award, review, notice));
});
