import { expect, test } from "vitest";
import { newApplicationWorkbook } from "../../../apps-script/core/application-book/application-book.ts";
import { buildUnitForms } from "../../../apps-script/core/application-book/unit-form.ts";
import { directSchool, makeSnapshot, xingqing } from "../award-builder.ts";
import { holdBeside } from "../describe-patch.ts";
import { notice } from "../review-fixture.ts";

test.for([
  { name: "a new application workbook", file: "application-book", make: () => newApplicationWorkbook(notice) },
  {
    name: "a unit form",
    file: "unit-form",
    make: () =>
      buildUnitForms(makeSnapshot({ units: [xingqing, directSchool], submissions: [{}, {}] }), notice)[0]?.patch,
  },
])("$name is, cell for cell and style for style, what it was", ({ file, make }) => {
  const { now, kept } = holdBeside(make() ?? { sheets: [] }, new URL(`./${file}.golden.txt`, import.meta.url));
  expect(now).toEqual(kept);
});
