/** Paper through the browser's own print: a workbook or a document laid out as pages of the form that it is. */

import type { Attempt } from "../attempt.ts";
import { remote } from "../remote.ts";
import { documentPages } from "./print-document.ts";
import { sheetPages } from "./print-sheets.ts";
import { millimetres, type PrintedPages, pageText } from "./printed-pages.ts";

const fileName = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** Each kind of page with its size, margins, head and foot. */
function rulesOf(pages: readonly PrintedPages[]): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  const rules = pages.map(({ width, height, margins, head, foot, frame }, i) => {
    const sides = [margins.top, margins.right, margins.bottom, margins.left];
    const inMillimetres = (lengths: readonly number[]) => lengths.map((each) => `${millimetres(each)}mm`).join(" ");
    const around = frame
      ? `margin: ${millimetres(frame.space)}mm; border: ${frame.line}; padding: ${inMillimetres(sides.map((side) => Math.max(0, side - frame.space - frame.width)))};`
      : `margin: ${inMillimetres(sides)};`;
    const texts = [...head.map((text) => pageText("top", text)), ...foot.map((text) => pageText("bottom", text))];
    return `@page paper-${i} { size: ${inMillimetres([width, height])}; ${around} ${texts.join(" ")} }
      .paper > :nth-child(${i + 1}) { page: paper-${i}; }`;
  });
  sheet.replaceSync(rules.join("\n"));
  return sheet;
}

/** Takes away what was printed last; some browsers never say that they have printed. */
let putAway = () => {};

/** Shows the browser's print for pages that stand in the document only as long. @param title what a PDF would be called */
function printPages(title: string, pages: readonly PrintedPages[]): void {
  putAway();
  const paper = document.createElement("div");
  paper.className = "paper";
  paper.lang = "zh-CN";
  paper.append(...pages.map(({ body }) => body));
  const rules = rulesOf(pages);
  const before = document.title;
  putAway = () => {
    paper.remove();
    document.body.classList.remove("printing");
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== rules);
    document.title = before;
    putAway = () => {};
  };
  document.body.append(paper);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules];
  document.title = title;
  document.body.classList.add("printing");
  addEventListener("afterprint", () => putAway(), { once: true });
  print();
}

/**
 * Prints an .xlsx or .docx as it stands, or all that a .zip has of them.
 * @param bytes what it holds, where it is no file of the work folder
 */
export async function printFile(path: string, bytes?: Uint8Array): Promise<void> {
  const files = await remote.readForPrint(path, bytes);
  const pages = files.flatMap((file) =>
    file.kind === "sheets" ? file.sheets.map(sheetPages) : [documentPages(file.parts)],
  );
  printPages(fileName(path).replace(/\.\w+$/, ""), pages);
}

export const isPrintable = (path: string) => /\.(xlsx|docx)$/i.test(path);

/** Prints a file of the work folder. */
export function PrintButton({ path, attempt }: { readonly path: string; readonly attempt: Attempt }) {
  return (
    <button
      type="button"
      class="quiet"
      aria-label={`打印 ${fileName(path)}`}
      onClick={() => attempt(() => printFile(path))}
    >
      打印
    </button>
  );
}
