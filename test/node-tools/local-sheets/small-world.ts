import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { unitsSheet } from "../../../apps-script/core/schema/application.ts";
import type { WorkbookPatch } from "../../../apps-script/core/workbook/port.ts";
import type { SheetsServerOptions } from "../../../node-tools/local-sheets/server.ts";
import { newWorkbook } from "../../../node-tools/office-files/workbook.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** A script that does a little of everything that a page has to show. */
const code = `
function onOpen() {
  SpreadsheetApp.getUi().createMenu("评案簿").addItem("问候", "greet").addItem("侧边", "openSidebar")
    .addSeparator().addItem("出错", "fail").addItem("跳转", "jump").addToUi();
}
function onEdit(e) {
  var range = e.range;
  if (range.getColumn() === 1) range.getSheet().getRange(range.getRow(), 2).setValue("收到 " + e.value);
  SpreadsheetApp.getActive().toast("改了 " + range.getA1Notation(), "即时检查");
}
function greet() {
  var ui = SpreadsheetApp.getUi();
  var answer = ui.prompt("问候", "您叫什么？", ui.ButtonSet.OK_CANCEL);
  if (answer.getSelectedButton() !== ui.Button.OK) { ui.alert("没有名字"); return; }
  SpreadsheetApp.getActive().getSheetByName("案例").getRange(5, 5).setValue("你好，" + answer.getResponseText());
}
function openSidebar() {
  SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutputFromFile("side").setTitle("检查结果"));
}
function fail() { throw new Error("案例表缺少一列"); }
function jump() { var sheet = SpreadsheetApp.getActive().getSheetByName("单位"); sheet.activate(); sheet.getRange(3, 2).activate(); }
function echo(text) { if (text === "") throw new Error("没有内容"); return { said: text }; }
`;

const side = `<!DOCTYPE html><html><head><base target="_top"></head><body>
<button id="ask">问</button><button id="fail">错</button><button id="close">关</button><p id="said"></p>
<script>
var said = document.getElementById("said");
function runner() {
  return google.script.run
    .withSuccessHandler(function (r, who) { said.textContent = who + "：" + r.said; })
    .withFailureHandler(function (e) { said.textContent = e.message; }).withUserObject("答");
}
document.getElementById("ask").onclick = function () { runner().echo("<b>你好</b>"); };
document.getElementById("fail").onclick = function () { runner().echo(""); };
document.getElementById("close").onclick = function () { google.script.host.close(); };
</script></body></html>`;

const area = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });

/** 案例 with a header, a note, a drop-down, a hostile text and a format by formula; 单位 with an officer; a locked sheet. */
export const content: WorkbookPatch = {
  sheets: [
    {
      name: "案例",
      createBefore: null,
      edits: [
        { row: 1, column: 1, value: "案例名称" },
        { row: 1, column: 2, value: "回执" },
        { row: 1, column: 3, value: "赛道" },
        { row: 2, column: 1, value: "<img src=x onerror=alert(1)>" },
        { row: 2, column: 4, value: { kind: "date", iso: "2025-07-15" } },
        { row: 3, column: 4, value: 0.5 },
        { row: 4, column: 4, value: { kind: "formula", formula: "D3*2", result: 1 } },
        { row: 6, column: 5, value: { kind: "link", text: "去单位", target: "#'单位'!B2" } },
      ],
      notes: [{ row: 2, column: 1, text: "名称不能有标记" }],
      layout: {
        frozen: { rows: 1, columns: 1 },
        tabColor: "3D7D5A",
        widths: [{ column: 1, width: 30 }],
        styles: [{ area: area(1, 1, 1, 3), style: { font: { bold: true, color: "FFFFFF" }, fill: "2F5D86" } }],
        merges: [area(8, 1, 8, 3)],
        validations: [
          { area: area(2, 3, 20, 3), validation: { kind: "list", source: ["城市", "乡村"], strict: true } },
        ],
        conditionalFormats: [{ area: area(2, 1, 20, 3), formula: '$C2="乡村"', style: { fill: "FBE0DD" } }],
      },
    },
    {
      name: "单位",
      createBefore: null,
      edits: [
        unitsSheet.columns.map(({ label }) => label),
        unitsSheet.columns.map(({ key }) => ({ name: "兴庆区教育局", email: "xq@example.org" })[key as string] ?? ""),
      ].flatMap((row, i) => row.map((value, j) => ({ row: i + 1, column: j + 1, value }))),
    },
    {
      name: "日志",
      createBefore: null,
      edits: [{ row: 1, column: 1, value: "时间" }],
      layout: { protected: true },
    },
  ],
};

/** A workbook file with the small script, and the options of a server over it. */
export async function makeSmallWorld(folder: string, patch = content): Promise<SheetsServerOptions> {
  const workbook = newWorkbook();
  workbook.apply(patch);
  const path = join(folder, "小评案簿.xlsx");
  writeFileSync(path, workbook.toBuffer());
  const bundles = join(folder, "bundles");
  const scope = (name: string) => `https://www.googleapis.com/auth/${name}`;
  const manifest = {
    timeZone: "Asia/Shanghai",
    runtimeVersion: "V8",
    oauthScopes: [scope("spreadsheets.currentonly"), scope("script.container.ui")],
  };
  for (const name of ["shared", "review"]) {
    mkdirSync(join(bundles, name), { recursive: true });
    writeFileSync(join(bundles, name, "Code.js"), name === "shared" ? code : "function onOpen() {}");
    writeFileSync(join(bundles, name, "side.html"), side);
    writeFileSync(join(bundles, name, "appsscript.json"), JSON.stringify(manifest));
  }
  return {
    path,
    bundles,
    worker: pathToFileURL(join(root, "dist/sheets-worker.mjs")),
    page: readFileSync(join(root, "dist/sheets/local.html"), "utf8"),
    port: 0,
  };
}
