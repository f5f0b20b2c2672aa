import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CaseRow, writeWorkbook } from "../evidence/evidence-award.ts";
import { readRecords, runCasebook } from "../run-casebook.ts";

/** A row that nothing is wrong with, recommended. */
const fitForReview: CaseRow = {
  视频文件: "展示视频.mp4",
  视频分辨率: "1280*720",
  视频时长: "00:17:30",
  视频录制日期: "2025-05-20",
  视频字幕: "有",
  片头案例名: "有",
  品牌标识: "无",
  概要字数: 400,
  特色字数: 400,
  过程字数: 1500,
  应用字数: 400,
  总字数: 2700,
  初评得分: 90,
  推荐: "是",
  推荐日期: "2025-10-20",
};

const experts = ["金沐风", "冉听雪", "谷怀瑜", "祁望岳"];

export interface ReviewAward {
  readonly workbook: string;
  readonly review: string;
  /** Where the files of a case lie, in a folder of its 案例编号. */
  readonly files: string;
  readonly out: string;
  readonly packets: string;
  /** 评审编号 by 案例编号. */
  readonly reviewIds: Readonly<Record<string, string>>;
}

/** An award of these cases, all of the author that the leaky fixtures name, given to experts of another unit. */
export async function writeReviewAward(folder: string, ids: readonly string[], called = "课堂"): Promise<ReviewAward> {
  mkdirSync(folder, { recursive: true });
  const workbook = await writeWorkbook(
    folder,
    ids.map((id, i) => ({
      ...fitForReview,
      案例编号: id,
      案例名称: `${called}案例${i + 1}`,
      ...(i > 0 && otherAuthor(i)),
    })),
  );
  const table = join(folder, "专家推荐表-沙坡头区教育局.csv");
  const rows = experts.map(
    (name, i) => `${i + 1},${name},高级教师,zj0000${i},沙坡头区第${i + 2}小学,1380951770${i},小学`,
  );
  writeFileSync(
    table,
    [
      "专家推荐表",
      "推荐单位（盖章）：沙坡头区教育局",
      "序号,专家姓名,职称,教育云账号,单位,联系电话,学段",
      ...rows,
      "",
    ].join("\r\n"),
  );
  for (const words of [
    ["import", workbook, table],
    ["assign", workbook, "--reviews", "1"],
  ]) {
    const { code, out, err } = await runCasebook(...words);
    if (code !== 0) throw new Error(`casebook ${words.join(" ")} ended with ${code}: ${err}${out}`);
  }
  const review = workbook.replace(".xlsx", ".评审.xlsx");
  const records = await readRecords(review, "参评案例");
  return {
    workbook,
    review,
    files: join(folder, "提交"),
    out: join(folder, "匿名材料"),
    packets: join(folder, "评分表"),
    reviewIds: Object.fromEntries(records.map((row) => [row.案例编号, row.评审编号 ?? ""])),
  };
}

const otherAuthor = (i: number): CaseRow => ({
  第一作者: `闻人${"甲乙丙丁戊"[i]}`,
  第一作者单位: "兴庆区听涛小学",
  第一作者教育云账号: `nx6500${i}`,
  联系电话: `1390000650${i}`,
});

const fixtures = fileURLToPath(new URL("../../fixtures/evidence/", import.meta.url));

export const fixture = (path: string): string => join(fixtures, path);

/** Puts a file among those that were handed in. @param path below the folder of all, such as `A001/课件.pptx` */
export function handIn({ files }: ReviewAward, path: string, content: string | Uint8Array, isFixture = true): void {
  const to = join(files, path);
  mkdirSync(dirname(to), { recursive: true });
  if (isFixture && typeof content === "string") cpSync(fixture(content), to);
  else writeFileSync(to, content);
}
