import { expect, test } from "vitest";
import * as application from "../../../apps-script/core/schema/application.ts";
import { choicesOf } from "../../../apps-script/core/schema/choice-lists.ts";
import * as evidence from "../../../apps-script/core/schema/evidence.ts";
import * as review from "../../../apps-script/core/schema/review.ts";
import { helpOf, type SheetSpec } from "../../../apps-script/core/schema/sheet-spec.ts";
import { compareText } from "../../../apps-script/core/text/compare.ts";
import { holdLines } from "../describe-patch.ts";
import { notice } from "../review-fixture.ts";

const isSheet = (value: unknown): value is SheetSpec =>
  typeof value === "object" && value !== null && "columns" in value;

test("sheets and columns are what they were: workbooks of earlier years have them, and programs read them", () => {
  const exported = [application, review, evidence].flatMap((module) =>
    Object.entries(module).sort(([a], [b]) => compareText(a, b)),
  );
  const lines = exported.flatMap(([name, value]) => {
    const sheet: unknown = typeof value === "function" && /Sheet$/.test(name) ? value(notice as never) : value;
    if (!isSheet(sheet)) return typeof sheet === "function" ? [] : [`${name} ${JSON.stringify(sheet)}`];
    const { columns, ...rest } = sheet;
    return [
      `${name} ${JSON.stringify(rest)}`,
      ...columns.map((column) => {
        const { choices } = column;
        const list = choices === undefined || choices === "unitNames" ? [] : choicesOf(choices, notice);
        return `${name} ${JSON.stringify({ ...column, help: helpOf(column, notice) })} ${list.join("、")}`.trimEnd();
      }),
    ];
  });
  const { now, kept } = holdLines(lines, new URL("./sheets.golden.txt", import.meta.url));
  expect(now).toEqual(kept);
});
