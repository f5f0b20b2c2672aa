import { describe, expect, test } from "vitest";
import { planAccess } from "../../../apps-script/src/application/plan-access.ts";
import { makeAward, tongxin, type UnitRow, xingqing } from "../../core/award-builder.ts";

const officer = "xq@example.org";
const x = { ...xingqing, email: officer };
const t = { ...tongxin, email: "tx1@example.org、tx2@example.org" };
const other = { code: "9", name: "示例县教育局", aliases: "示例县", email: "" };

const nominators: Readonly<Record<string, string>> = {
  x: "兴庆区教育局",
  t: "同心县教育局",
  o: "示例县教育局",
  "?": "不知名",
};

/** A row for each letter: the unit that recommends it. */
const plan = (letters: string, units: readonly UnitRow[] = [x, t, other]) =>
  planAccess(
    makeAward({ units, submissions: [...letters].map((letter) => ({ nominator: nominators[letter] ?? "" })) }),
  );

describe("which rows of 案例 are protected for whom", () => {
  test.for([
    { name: "units in blocks", letters: "xxtt", blocks: ["兴庆区教育局 2-3", "同心县教育局 4-5"], scattered: [] },
    { name: "one row", letters: "t", blocks: ["同心县教育局 2-2"], scattered: [] },
    { name: "among another unit's rows", letters: "xtx", blocks: ["同心县教育局 3-3"], scattered: ["兴庆区教育局"] },
    { name: "among rows of no unit", letters: "x?x", blocks: [], scattered: ["兴庆区教育局"] },
    { name: "no rows", letters: "?", blocks: [], scattered: [] },
  ])("$name", ({ letters, blocks, scattered }) => {
    const found = plan(letters);
    expect(found.blocks.map(({ unit, top, bottom }) => `${unit} ${top}-${bottom}`)).toEqual(blocks);
    expect(found.scattered).toEqual(scattered);
  });

  test.for([
    { email: "a@example.org、b@example.org", emails: ["a@example.org", "b@example.org"] },
    {
      email: "a@example.org, b@example.org；c@example.org",
      emails: ["a@example.org", "b@example.org", "c@example.org"],
    },
    { email: "张老师的邮箱 a@example.org", emails: ["a@example.org"] },
  ])("addresses in $email", ({ email, emails }) => {
    expect(plan("x", [{ ...x, email }]).blocks[0]?.emails).toEqual(emails);
  });

  test("a unit without an address is told, not closed", () => {
    expect(plan("oox")).toMatchObject({ withoutEmail: ["示例县教育局"], blocks: [{ unit: "兴庆区教育局" }] });
  });
});
