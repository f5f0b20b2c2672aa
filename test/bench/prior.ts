/** What earlier winners cost a check: five years of two thousand, against a region of six thousand cases. */
import { readPriorWinners } from "../../apps-script/core/award/prior-winners.ts";
import { readAward } from "../../apps-script/core/award/read-award.ts";
import { type ImportInput, planImport } from "../../apps-script/core/import/plan-import.ts";
import { planPrior } from "../../apps-script/core/import/plan-prior.ts";
import { ningxia2025 as notice } from "../../apps-script/core/notice/ningxia-2025.ts";
import { priorMatch } from "../../apps-script/core/rules/submission/prior-match.ts";
import type { WorkbookSnapshot } from "../../apps-script/core/workbook/port.ts";
import { makeSnapshot } from "../core/award-builder.ts";
import { applyPatch } from "../core/in-memory-workbook.ts";
import { generateAward } from "../generator/award.ts";
import { composeSection, makeTitle } from "../generator/prose.ts";
import { makeRandom } from "../generator/random.ts";
import { benchOptions, fullText } from "./options.ts";

const years = 5;
const winners = 2000;

function listOf(year: number): ImportInput {
  const random = makeRandom(year);
  const rows = Array.from({ length: winners }, (_, i) => [
    makeTitle(random),
    `欧阳${"澜思妍鹤衡铖"[i % 6]}${"霁霏翊琬昱"[i % 5]}（示例第${i % 300}小学）`,
    "优秀案例",
    composeSection(random, fullText),
  ]);
  const sheet = { name: "名单", hidden: false, rows: [["案例名称", "作者", "奖项", "正文"], ...rows] };
  return { file: `${year}.xlsx`, digest: String(year), encoding: "", sheets: [sheet] };
}

/** CPU seconds of reading 往届 and of PRIOR-MATCH, each the least of three; characters in 往届. */
export function measurePrior(): { readonly read: number; readonly rule: number; readonly characters: number } {
  const inputs = generateAward(benchOptions(1)).files.map(
    ({ name, sheets }): ImportInput => ({
      file: name,
      digest: name,
      encoding: "",
      sheets: sheets.map((sheet) => ({ name: sheet.name, hidden: false, rows: sheet.rows })),
    }),
  );
  const blank = makeSnapshot({ units: [], submissions: [], texts: [], experts: [], liaisons: [] });
  let snapshot: WorkbookSnapshot = applyPatch(blank, planImport(blank, inputs, notice).patch);
  for (let year = notice.year - years; year < notice.year; year++)
    snapshot = applyPatch(snapshot, planPrior(snapshot, [listOf(year)], year, notice).patch);
  const award = readAward(snapshot, notice);
  const least = (work: () => unknown) => {
    const times = Array.from({ length: 3 }, () => {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1e6;
    });
    return Math.min(...times);
  };
  const read = least(() => readPriorWinners(snapshot));
  const prior = readPriorWinners(snapshot);
  const rule = least(() => [
    ...priorMatch.check({ ...award, cleaned: [], earlier: [], prior: prior.map((w) => ({ ...w })) }),
  ]);
  return { read, rule, characters: prior.reduce((sum, { sample }) => sum + sample.length, 0) };
}
