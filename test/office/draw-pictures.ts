/** `npm run pictures`: draws the pictures of docs/ with LibreOffice, from the bundled example that `npm start` made. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cellText } from "../../apps-script/core/workbook/cell-text.ts";
import type { SheetPatch } from "../../apps-script/core/workbook/port.ts";
import { readWorkbook } from "../../node-tools/office-files/workbook.ts";

interface Picture {
  readonly name: string;
  readonly file: string;
  readonly sheet: string;
  /** Labels of the columns to show; all when absent. */
  readonly columns?: readonly string[];
  readonly rows: number;
  /** Points a row; the sheet's own when absent. */
  readonly headerRow?: number;
}

const pictures: readonly Picture[] = [
  {
    name: "案例",
    file: "评案簿.xlsx",
    sheet: "案例",
    columns: [
      "案例编号",
      "案例名称",
      "领域",
      "赛道",
      "学段",
      "关键词",
      "推荐单位",
      "第一作者",
      "提交日期",
      "视频文件",
      "视频时长",
      "初评得分",
      "推荐",
      "即时检查",
    ],
    rows: 34,
  },
  { name: "检查", file: "评案簿.xlsx", sheet: "检查", rows: 26 },
  { name: "配额", file: "评案簿.xlsx", sheet: "配额", rows: 30 },
  { name: "说明", file: "评案簿.xlsx", sheet: "说明", rows: 24 },
  { name: "评分表", file: join("收回的评分表", "评分表-E001.xlsx"), sheet: "评分", rows: 12, headerRow: 3 },
  { name: "汇总", file: "评案簿.评审.xlsx", sheet: "汇总", rows: 32 },
  { name: "专家情况", file: "评案簿.评审.xlsx", sheet: "专家情况", rows: 24 },
  {
    name: "人工核对",
    file: join("材料核查", "评案簿.材料核查.xlsx"),
    sheet: "人工核对-兴庆区教育局",
    rows: 7,
    headerRow: 3,
  },
];

/** LibreOffice prints a hidden first sheet too: the page is known by its footer. */
const pageMark = "PICTURE";

const example = join(process.cwd(), "out", "示例");
const target = join(process.cwd(), "docs", "pictures");
const work = mkdtempSync(join(tmpdir(), "casebook-pictures-"));

for (const picture of pictures) {
  const workbook = readWorkbook(join(example, picture.file));
  const sheet = workbook.snapshot.sheets.find((s) => s.name === picture.sheet);
  if (!sheet) throw new Error(`${picture.file} has no sheet ${picture.sheet}`);
  const width = Math.max(...sheet.rows.map((row) => row.length));
  const header = (sheet.rows[(picture.headerRow ?? 1) - 1] ?? []).map((value) => cellText(value));
  const widths = picture.columns
    ? header.flatMap((label, i) =>
        picture.columns?.includes(label) ? [] : [{ column: i + 1, width: 8, hidden: true }],
      )
    : [];
  const others = workbook.snapshot.sheets.filter((s) => s.name !== picture.sheet && !s.hidden);
  const patches: SheetPatch[] = [
    {
      name: picture.sheet,
      layout: {
        widths,
        print: { landscape: true, footer: pageMark, area: { top: 1, left: 1, bottom: picture.rows, right: width } },
      },
    },
    ...others.map((s) => ({ name: s.name, layout: { hidden: true } })),
  ];
  workbook.apply({ sheets: patches });
  const copy = join(work, `${picture.name}.xlsx`);
  writeFileSync(copy, workbook.toBuffer());
  const profile = `-env:UserInstallation=file://${join(work, "profile")}`;
  execFileSync("soffice", [profile, "--headless", "--convert-to", "pdf", "--outdir", work, copy], { stdio: "ignore" });
  const pdf = join(work, `${picture.name}.pdf`);
  const pages = execFileSync("pdftotext", [pdf, "-"], { encoding: "utf8" }).split("\f");
  const page = String(pages.findIndex((text) => text.includes(pageMark)) + 1);
  execFileSync("pdftoppm", ["-r", "140", "-f", page, "-l", page, "-png", pdf, join(work, picture.name)]);
  const drawn = readdirSync(work).find((f) => f.startsWith(`${picture.name}-`) && f.endsWith(".png"));
  if (!drawn) throw new Error(`no picture of ${picture.name}`);
  renameSync(join(work, drawn), join(work, "drawn.png"));
  execFileSync("convert", [
    join(work, "drawn.png"),
    "-gravity",
    "South",
    "-chop",
    "0x85",
    "-trim",
    "-bordercolor",
    "white",
    "-border",
    "12",
    join(target, `${picture.name}.png`),
  ]);
}
rmSync(work, { recursive: true });
