import { describe, expect, test } from "vitest";
import { runRules } from "../../../apps-script/core/rules/index.ts";
import { perCase } from "../../../apps-script/core/rules/per-award.ts";
import { mostRowsKept } from "../../../apps-script/core/text/per-object.ts";
import { inventedName, makeAward, type SubmissionRow, validSubmission } from "../award-builder.ts";

const prose = "依托平台开展跨校教研，改进作业设计与课堂评价。".repeat(30);

/** An award of so many cases, the first of them with what rules of one case and of several find. */
function awardOf(count: number) {
  const cases = Array.from({ length: count }, (_, i): SubmissionRow => ({ ...validSubmission(i), id: `A${i}` }));
  const changes: readonly SubmissionRow[] = [
    {},
    { id: "A0", title: "⼀个案例" },
    { videoResolution: "640*480", "author1.role": "园丁" },
    { "author1.name": inventedName(4), "author1.account": "nx2O2500005" },
  ];
  const submissions = cases.map((each, i) => ({ ...each, ...changes[i] }));
  const texts = [
    { id: "A2", summary: `${prose}由${inventedName(2)}老师主讲` },
    { id: "A3", summary: prose, process: prose },
    { id: "A4", summary: `${prose}又记`, process: prose },
  ];
  return makeAward({ submissions, texts });
}

describe("what rules say of the cases of a region", () => {
  const [few, many] = [awardOf(mostRowsKept), awardOf(mostRowsKept + 1)];

  test("is what they say where each row is remembered", () => {
    const found = runRules(few);
    expect(found.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        ...["SUB-ID-DUPLICATE", "SUB-VALUE", "VIDEO-RESOLUTION", "ACCOUNT-LOOKALIKE", "ANON-NAME", "TEXT-SECTION"],
        ...["TEXT-COUNT-MISMATCH", "TEXT-DUPLICATE", "DATA-LOOK-ALIKE"],
      ]),
    );
    expect(runRules(many)).toEqual(found);
  });

  test.for([
    { name: "remembered", award: few },
    { name: "not remembered", award: many },
  ])("is worked out once for each case, $name", ({ award }) => {
    let asked = 0;
    const rowOf = perCase(({ record }) => {
      asked++;
      return record.row;
    });
    const [one, two] = award.submissions;
    if (!one || !two) throw new Error("no cases");
    expect([one, two, one, two].map((each) => rowOf(each, award))).toEqual([2, 3, 2, 3]);
    expect(asked).toBe(2);
    // Another case that stands in the same row, as where a file is judged in place of 正文.
    const record = Object.assign(Object.create(two.record), { row: 2 });
    expect(rowOf({ ...two, record, title: "另一个" }, award)).toBe(2);
    expect(asked).toBe(3);
  });
});
