/**
 * Draws sheets as they stand on a screen: LibreOffice in a window of 1366 × 768 or 1920 × 1080 pixels, at its own zoom.
 *
 *     node dist/draw-screens.mjs EXAMPLE TARGET STATE
 *
 * EXAMPLE is what `npm start` made (out/示例), STATE ends the names of the pictures: before, after. Files and sheets that
 * are not there are left out. Needs Xvfb, ImageMagick, pngquant and a LibreOffice with windows (libreoffice-gtk3).
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { readWorkbook } from "../../node-tools/office-files/workbook.ts";
import { unzipParts, zipParts } from "../../node-tools/office-files/zip.ts";

const sizes = { "1366": [1366, 768], "1920": [1920, 1080] } as const;
type Size = keyof typeof sizes;

interface Screen {
  readonly name: string;
  readonly file: string;
  readonly sheet: string;
  readonly sizes: readonly Size[];
  /** How many pictures in a row must be the same: while a large file is read, nothing moves for long. */
  readonly still: number;
}

const [book, review, form] = ["评案簿.xlsx", "评案簿.评审.xlsx", join("填报表", "填报表-兴庆区教育局.xlsx")];
const scores = join("收回的评分表", "评分表-E001.xlsx");
const screen = (file: string, sheet: string, kind = "", wide = false, still = 3): Screen => ({
  name: `${kind}${sheet}`,
  file,
  sheet,
  sizes: wide ? ["1366", "1920"] : ["1366"],
  still,
});

const screens: readonly Screen[] = [
  screen(book, "说明"),
  screen(book, "参数"),
  screen(book, "单位"),
  screen(book, "案例", "", true),
  screen(book, "正文"),
  screen(book, "专家"),
  screen(book, "联络员"),
  screen(book, "检查"),
  screen(book, "配额", "", true),
  screen(book, "日志"),
  screen(join("空白", "评案簿.xlsx"), "案例", "空白"),
  screen(join("五千行", "评案簿.xlsx"), "案例", "五千行", false, 16),
  screen(form, "案例", "填报表-"),
  screen(form, "正文", "填报表-"),
  screen(form, "说明", "填报表-"),
  screen(review, "说明", "评审-"),
  screen(review, "参评案例"),
  screen(review, "评审专家"),
  screen(review, "分派"),
  screen(review, "评分", "评审-"),
  screen(review, "各组情况"),
  screen(review, "汇总", "", true),
  screen(review, "结果"),
  screen(review, "裁定"),
  screen(review, "专家情况"),
  screen(scores, "评分", "评分表-", true),
  screen(scores, "案例正文", "评分表-"),
  screen(scores, "评分标准", "评分表-"),
  screen(join("并列", "评案簿.评审.xlsx"), "汇总", "并列-"),
  screen(join("并列", "评案簿.评审.xlsx"), "结果", "并列-"),
];

const [example = "out/示例", target = "docs/pictures/screens", state = "after", only = ""] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "casebook-screens-"));

/** The file with the sheet in front; undefined where there is none. */
function withSheetInFront(path: string, sheet: string): Uint8Array | undefined {
  if (!existsSync(path)) return undefined;
  const place = readWorkbook(path).snapshot.sheets.findIndex(({ name }) => name === sheet);
  if (place < 0) return undefined;
  const parts = unzipParts(readFileSync(path)).map(({ name, content }) => {
    const text = content.toString("utf8");
    if (name === "xl/workbook.xml") {
      const views = `<bookViews><workbookView activeTab="${place}" tabRatio="800"/></bookViews>`;
      const bare = text.replace(/<bookViews>.*?<\/bookViews>|<bookViews\/>/s, "");
      return { name, content: Buffer.from(bare.replace("<sheets>", `${views}<sheets>`)) };
    }
    if (!name.startsWith("xl/worksheets/sheet")) return { name, content };
    return { name, content: Buffer.from(text.replace(/ tabSelected="1"/, "")) };
  });
  return zipParts(parts, { compress: true });
}

/** No tip of the day, no news of the version: a window as it stands on every other day. */
function makeProfile(folder: string, [width, height]: (typeof sizes)[Size]): void {
  const item = (path: string, name: string, value: string) =>
    `<item oor:path="/org.openoffice.${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`;
  const factory = "Setup/Office/Factories/org.openoffice.Setup:Factory['com.sun.star.sheet.SpreadsheetDocument']";
  mkdirSync(join(folder, "user"), { recursive: true });
  writeFileSync(
    join(folder, "user", "registrymodifications.xcu"),
    `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
${[
  item("Office.Common/Misc", "ShowTipOfTheDay", "false"),
  item("Office.Common/Misc", "FirstRun", "false"),
  item("Setup/Product", "ooSetupLastVersion", "7.4"),
  item(factory, "ooSetupFactoryWindowAttributes", `0,0,${width},${height};1;0,0,${width},${height};`),
].join("\n")}
</oor:items>`,
  );
}

/** Pixels of the menu and the toolbars above the formula bar: the same everywhere, so the pictures leave them out. */
const toolbars = 104;

/** Takes the screen until it has been the same for some seconds and shows more than an empty window. */
async function takeScreen(display: string, picture: string, wanted: number): Promise<void> {
  let before = Buffer.alloc(0);
  let still = 0;
  for (let turn = 0; turn < 60; turn++) {
    await wait(1500);
    execFileSync("import", ["-display", display, "-window", "root", "-crop", `+0+${toolbars}`, "+repage", picture]);
    const now = readFileSync(picture);
    still = now.equals(before) && now.length > 20_000 ? still + 1 : 0;
    if (still === wanted) return;
    before = now;
  }
  throw new Error(`${picture}: the window does not come to rest`);
}

function end({ pid, exitCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null) process.kill(-pid);
}

const largest = 60 * 1024;

/** With as many colours as the size allows. */
function shrink(picture: string): string {
  const small = `${picture}.small`;
  for (const colours of ["32", "24", "20", "16", "14", "12", "10", "8"]) {
    execFileSync("pngquant", ["--force", "--strip", "--nofs", "--speed", "3", "--output", small, colours, picture]);
    if (statSync(small).size <= largest) break;
  }
  return small;
}

mkdirSync(target, { recursive: true });
for (const [place, size] of (["1366", "1920"] as const).entries()) {
  const display = `:${90 + place}`;
  const [width, height] = sizes[size];
  const server = spawn("Xvfb", [display, "-screen", "0", `${width}x${height}x24`], { stdio: "ignore", detached: true });
  await wait(4000);
  for (const { name, file, sheet, still } of screens.filter(
    (each) => each.sizes.includes(size) && each.name.includes(only),
  )) {
    const bytes = withSheetInFront(join(example, file), sheet);
    if (!bytes) continue;
    const [copy, picture] = [join(work, `${name}-${size}.xlsx`), join(work, `${name}-${size}.png`)];
    writeFileSync(copy, bytes);
    const profile = join(work, `${name}-${size}`);
    makeProfile(profile, sizes[size]);
    const office = spawn("soffice", [`-env:UserInstallation=file://${profile}`, "--norestore", "--nologo", copy], {
      stdio: "ignore",
      detached: true,
      env: { ...process.env, DISPLAY: display },
    });
    try {
      await takeScreen(display, picture, still);
    } finally {
      end(office);
    }
    renameSync(shrink(picture), join(target, `${name}-${size}-${state}.png`));
  }
  end(server);
}
rmSync(work, { recursive: true });
