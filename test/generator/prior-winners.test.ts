import { describe, expect, test } from "vitest";
import { readPriorWinners } from "../../apps-script/core/award/prior-winners.ts";
import { readAward } from "../../apps-script/core/award/read-award.ts";
import { type ImportInput, planImport } from "../../apps-script/core/import/plan-import.ts";
import { planPrior } from "../../apps-script/core/import/plan-prior.ts";
import { ningxia2025 } from "../../apps-script/core/notice/ningxia-2025.ts";
import { priorMatch } from "../../apps-script/core/rules/submission/prior-match.ts";
import { sections } from "../../apps-script/core/rules/text/sections.ts";
import type { WorkbookSnapshot } from "../../apps-script/core/workbook/port.ts";
import { makeSnapshot } from "../core/award-builder.ts";
import { applyPatch } from "../core/in-memory-workbook.ts";
import { sampled } from "../sweep.ts";
import { type AwardOptions, generateAward } from "./award.ts";
import { asInput } from "./judge-awards.ts";
import { composeSection, copySentences } from "./prose.ts";
import { makeRandom } from "./random.ts";

const blank = makeSnapshot({ units: [], submissions: [], texts: [], experts: [], liaisons: [] });

function importAward(options: AwardOptions): WorkbookSnapshot {
  return applyPatch(blank, planImport(blank, generateAward(options).files.map(asInput), ningxia2025).patch);
}

const textOf = ({ text }: ReturnType<typeof readAward>["submissions"][number]) =>
  sections.map(({ key }) => text?.[key] ?? "").join("");

/** Every case of an award as a list of winners with their texts. */
function winnersOf(snapshot: WorkbookSnapshot, file: string, more: readonly (readonly string[])[] = []): ImportInput {
  const rows = readAward(snapshot, ningxia2025).submissions.map((submission) => [
    submission.title,
    submission.authors.map(({ name, unit }) => `${name}（${unit}）`).join("、"),
    "一等奖",
    textOf(submission),
  ]);
  const header = ["案例名称", "作者", "奖项", "正文"];
  return {
    file,
    digest: file,
    encoding: "",
    sheets: [{ name: "名单", hidden: false, rows: [header, ...rows, ...more] }],
  };
}

/** What is found of planted copies and of everything else, over twenty awards of every shape. */
describe.for(sampled(Array.from({ length: 20 }, (_, i) => i)))("award %d", (i) => {
  const random = makeRandom(5000 + i);
  const shape = {
    bureaus: 3 + (i % 5),
    schools: 2,
    submissionsPerBureau: 20,
    submissionsPerSchool: 10,
    violations: false,
    textLength: 700 + 150 * i,
  };
  const current = importAward({ ...shape, seed: 1000 + i });
  const others = [1, 2].map((year) =>
    winnersOf(importAward({ ...shape, seed: 3000 + 100 * year + i }), `${year}.xlsx`),
  );

  test("winners of other awards are no match", () => {
    const snapshot = others.reduce(
      (book, list, k) => applyPatch(book, planPrior(book, [list], 2020 + k, ningxia2025).patch),
      current,
    );
    const award = readAward(snapshot, ningxia2025);
    const prior = readPriorWinners(snapshot);
    expect(prior.length).toBeGreaterThan(100);
    expect([...priorMatch.check({ ...award, prior, cleaned: [], earlier: [] })].map(({ message }) => message)).toEqual(
      [],
    );
  });

  test("of every planted case 60 % is copied, or the title but for a word and an author: all are found", () => {
    const { submissions } = readAward(current, ningxia2025);
    const [copied, retold] = [submissions.slice(0, 12), submissions.slice(12, 24)];
    const copies = copied.map((submission, k) => {
      const text = textOf(submission);
      const fresh = composeSection(random, text.length);
      return [
        `往年案例之${k}`,
        `欧阳虚构${k}（别处学校）`,
        "二等奖",
        copySentences(random, text, fresh, 0.6, 1 + (k % 4)),
      ];
    });
    const titles = retold.map((submission) => {
      const [author] = submission.authors.slice(-1);
      return [`${submission.title}（二）`, author?.name ?? "", "二等奖", ""];
    });
    const [other] = others;
    if (!other) throw new Error("no list");
    const list = winnersOf(importAward({ ...shape, seed: 3100 + i }), other.file, [...copies, ...titles]);
    const snapshot = applyPatch(current, planPrior(current, [list], 2020, ningxia2025).patch);
    const award = readAward(snapshot, ningxia2025);
    const prior = readPriorWinners(snapshot);
    const found = [...priorMatch.check({ ...award, prior, cleaned: [], earlier: [] })].map(({ id }) => id);
    expect(found.sort()).toEqual([...copied, ...retold].map(({ id }) => id).sort());
  });
});
