import type { TextKind } from "../../apps-script/core/evidence/file-facts.ts";
import { parseXml } from "./parse-xml.ts";

export interface DrawingVisitor {
  /** @param hidden the shape is not shown */
  paragraph(text: string, hidden: boolean): void;
  aside(kind: TextKind, what: string, text: string): void;
}

/** Paragraphs and alternative texts of a drawing (DrawingML): a slide, its notes, shapes on a sheet. */
export async function readDrawingText(chunks: AsyncIterable<Buffer>, visitor: DrawingVisitor): Promise<void> {
  const paragraphs: string[] = [];
  let hiddenShape = false;
  let inText = false;
  await parseXml(chunks, {
    open(element, attribute) {
      if (element === "p") paragraphs.push("");
      else if (element === "t") inText = true;
      else if (element === "br") paragraphs.push(`${paragraphs.pop() ?? ""}\n`);
      else if (element === "sp" || element === "graphicFrame") hiddenShape = false;
      else if (element === "cNvPr" || element === "docPr") {
        hiddenShape = attribute("hidden") === "1" || attribute("hidden") === "true";
        visitor.aside("alt", "图形的替代文字", attribute("descr") ?? "");
        visitor.aside("alt", "图形的标题", attribute("title") ?? "");
        visitor.aside("alt", "图形的名称", attribute("name") ?? "");
      } else if (element === "hlinkClick") visitor.aside("hidden", "超链接提示", attribute("tooltip") ?? "");
    },
    text(added) {
      if (inText) paragraphs.push(`${paragraphs.pop() ?? ""}${added}`);
    },
    close(element) {
      if (element === "t") inText = false;
      else if (element === "p") visitor.paragraph(paragraphs.pop() ?? "", hiddenShape);
    },
  });
}
