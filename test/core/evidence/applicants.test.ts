import { expect, test } from "vitest";
import { applicantsOf } from "../../../apps-script/core/evidence/applicants.ts";
import { makeAward, type SubmissionRow } from "../award-builder.ts";

const row: SubmissionRow = {
  "author1.name": "柳知远",
  "author1.unit": "兴庆区梧桐实验小学",
  "author1.account": "nx64019988",
  phone: "139 0000 6402",
};

const applicants = (more: SubmissionRow = {}) => {
  const award = makeAward({ submissions: [{ ...row, ...more }] });
  const submission = award.submissions[0];
  if (!submission) throw new Error("no submission");
  return applicantsOf(award, submission);
};

test("who is looked for in files", () => {
  expect(applicants()).toEqual({
    names: ["柳知远"],
    units: ["兴庆区梧桐实验小学"],
    regions: expect.arrayContaining(["兴庆区", "兴庆", "银川市", "银川"]),
    accounts: ["nx64019988"],
    phones: ["13900006402"],
  });
});

test.for<{ readonly name: string; readonly row: SubmissionRow; readonly accounts: readonly string[] }>([
  { name: "too short to be told from any number", row: { "author1.account": "123" }, accounts: [] },
  { name: "ruined by a spreadsheet", row: { "author1.account": "6.40105E+17" }, accounts: [] },
  {
    name: "of two authors",
    row: { "author2.name": "甲", "author2.account": "nx2222" },
    accounts: ["nx64019988", "nx2222"],
  },
])("accounts $name", ({ row: more, accounts }) => expect(applicants(more).accounts).toEqual(accounts));

test("a phone that is none is not looked for", () => expect(applicants({ phone: "见附表" }).phones).toEqual([]));
