import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCasebook } from "../run-casebook.ts";

export type CaseRow = Readonly<Record<string, string | number>>;

const units = [
  ["单位代码", "单位名称", "类别", "别名", "上级单位"],
  ["640104", "兴庆区教育局", "教育局", "兴庆区、兴庆", "银川市"],
  ["640502", "沙坡头区教育局", "教育局", "沙坡头区、沙坡头", "中卫市"],
];

/** What test/generator/make-evidence-files.sh plants in its files is about this author. */
export const plantedAuthor: CaseRow = {
  第一作者: "柳知远",
  第一作者单位: "兴庆区梧桐实验小学",
  第一作者教育云账号: "nx64019988",
  第一作者身份: "教师",
  联系电话: "13900006402",
};

const common: CaseRow = {
  案例名称: "课堂案例",
  领域: "教学革新",
  赛道: "城市",
  学段: "小学",
  关键词: "智慧课堂、学情诊断、分层作业",
  推荐单位: "兴庆区教育局",
  提交日期: "2025-09-01",
  曾获表彰: "否",
  ...plantedAuthor,
};

const csv = (rows: readonly (readonly (string | number)[])[]) => `${rows.map((row) => row.join(",")).join("\r\n")}\r\n`;

/** A workbook of these submissions; what a row leaves out is that of a valid one, the columns of text and video empty. */
export async function writeWorkbook(folder: string, rows: readonly CaseRow[]): Promise<string> {
  const inputs = join(folder, "inputs");
  mkdirSync(inputs, { recursive: true });
  writeFileSync(join(inputs, "单位名册.csv"), csv(units));
  const full = rows.map((row): CaseRow => ({ ...common, ...row }));
  const labels = [
    "案例编号",
    ...new Set(full.flatMap((row) => Object.keys(row).filter((label) => label !== "案例编号"))),
  ];
  writeFileSync(
    join(inputs, "平台导出.csv"),
    csv([labels, ...full.map((row) => labels.map((label) => row[label] ?? ""))]),
  );
  const workbook = join(folder, "award.xlsx");
  for (const words of [
    ["init", workbook],
    ["import", workbook, inputs],
  ]) {
    const { code, err, out } = await runCasebook(...words);
    if (code !== 0) throw new Error(`casebook ${words.join(" ")} ended with ${code}: ${err}${out}`);
  }
  return workbook;
}

export interface EvidenceRun {
  readonly code: number;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are about
  readonly json: any;
  readonly err: string;
}

export const runEvidence = (...words: string[]): Promise<EvidenceRun> => runDelivered("evidence", ...words);

/** Runs the delivered bundle, whose readers are threads of their own. */
export function runDelivered(...words: string[]): Promise<EvidenceRun> {
  return new Promise((resolve) => {
    const args = ["dist/casebook.mjs", ...words, "--json"];
    execFile(process.execPath, args, { maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error ? Number(error.code) : 0;
      resolve({ code, json: stdout === "" ? undefined : JSON.parse(stdout), err: stderr });
    });
  });
}
