import type { TextKind } from "../../apps-script/core/evidence/file-facts.ts";
import { parseXml, type XmlHandler } from "./parse-xml.ts";
import type { WordStyles } from "./word-styles.ts";

/** A stretch of a paragraph that is shown in one way. */
interface Stretch {
  text: string;
  readonly state: "shown" | "inserted" | "deleted" | "hidden";
}

interface OpenParagraph {
  readonly stretches: Stretch[];
  readonly inTextBox: boolean;
  heading: boolean;
  hidden: boolean;
}

export interface WordParagraph {
  readonly stretches: readonly Stretch[];
  readonly inTextBox: boolean;
  readonly heading: boolean;
  /** Comment, footnote or endnote it stands in, counted from 1; 0 in other parts. */
  readonly note: number;
}

export interface WordVisitor {
  paragraph(paragraph: WordParagraph): void;
  /** What stands beside the text: authors of changes and comments, alternative texts, names, field codes. */
  aside(kind: TextKind, what: string, text: string): void;
}

const isOff = (value: string | undefined) => value === "0" || value === "false" || value === "off" || value === "none";
const noteElements = new Set(["comment", "footnote", "endnote"]);
const changeElements: ReadonlyMap<string, "inserted" | "deleted"> = new Map([
  ["ins", "inserted"],
  ["moveTo", "inserted"],
  ["del", "deleted"],
  ["moveFrom", "deleted"],
]);
/** Elements whose `val` is a text that somebody typed. */
const namedByPeople: ReadonlyMap<string, string> = new Map([
  ["alias", "内容控件名称"],
  ["tag", "内容控件标记"],
  ["docVar", "文档变量"],
  ["statusText", "表单域提示"],
  ["helpText", "表单域帮助"],
]);

/**
 * Goes through one part of a .docx (document, header, footer, notes, comments) and hands over its paragraphs in the
 * order in which they end, a text box before the paragraph that it hangs on. What a shape says twice, for newer and for
 * older programs (mc:AlternateContent), comes once.
 */
export async function readWordText(
  chunks: AsyncIterable<Buffer>,
  styles: WordStyles,
  visitor: WordVisitor,
): Promise<void> {
  const paragraphs: OpenParagraph[] = [];
  const changes: ("inserted" | "deleted")[] = [];
  const chosen: Set<string>[] = [];
  let fallbacks = 0;
  let textBoxes = 0;
  let note = 0;
  let inRun = false;
  let runHidden = false;
  let inProperties = 0;
  let fieldCode: string | undefined;
  let text: "shown" | "code" | "property" | undefined;

  const append = (added: string) => {
    const paragraph = paragraphs.at(-1);
    if (!paragraph || added === "") return;
    const state = changes.includes("deleted") ? "deleted" : runHidden ? "hidden" : (changes.at(-1) ?? "shown");
    const last = paragraph.stretches.at(-1);
    if (last && last.state === state) last.text += added;
    else paragraph.stretches.push({ text: added, state });
  };

  const handler: XmlHandler = {
    open(element, attribute) {
      const change = changeElements.get(element);
      if (change) {
        changes.push(change);
        visitor.aside(
          change,
          change === "inserted" ? "修订（插入）的作者" : "修订（删除）的作者",
          attribute("author") ?? "",
        );
      }
      switch (element) {
        case "AlternateContent":
          chosen.push(new Set());
          return;
        case "Fallback":
          fallbacks += 1;
          return;
        case "txbxContent":
          textBoxes += 1;
          return;
        case "p":
          paragraphs.push({ stretches: [], inTextBox: textBoxes > 0, heading: false, hidden: false });
          inRun = false;
          return;
        case "pPr":
          inProperties += 1;
          return;
        case "pStyle": {
          const paragraph = paragraphs.at(-1);
          const style = attribute("val") ?? "";
          if (paragraph) paragraph.heading ||= styles.headings.has(style);
          if (paragraph) paragraph.hidden ||= styles.hidden.has(style);
          return;
        }
        case "outlineLvl": {
          const paragraph = paragraphs.at(-1);
          if (paragraph && Number(attribute("val") ?? "9") < 9) paragraph.heading = true;
          return;
        }
        case "r":
          inRun = true;
          runHidden = paragraphs.at(-1)?.hidden ?? false;
          return;
        case "rStyle":
          if (inRun) runHidden ||= styles.hidden.has(attribute("val") ?? "");
          return;
        case "vanish":
        case "specVanish":
          if (inRun && inProperties === 0) runHidden = !isOff(attribute("val"));
          return;
        case "t":
        case "delText":
          text = "shown";
          return;
        case "instrText":
        case "delInstrText":
          text = "code";
          fieldCode ??= "";
          return;
        case "tab":
        case "ptab":
          if (inRun) append("\t");
          return;
        case "br":
        case "cr":
          append("\n");
          return;
        case "noBreakHyphen":
          append("-");
          return;
        case "fldSimple":
          visitor.aside("hidden", "域代码", attribute("instr") ?? "");
          return;
        case "docPr":
        case "cNvPr":
          visitor.aside("alt", "图形的替代文字", attribute("descr") ?? "");
          visitor.aside("alt", "图形的标题", attribute("title") ?? "");
          visitor.aside("alt", "图形的名称", attribute("name") ?? "");
          return;
        case "tblCaption":
        case "tblDescription":
          visitor.aside("alt", "表格的替代文字", attribute("val") ?? "");
          return;
        case "shape":
        case "rect":
        case "group":
          visitor.aside("alt", "图形的替代文字", attribute("alt") ?? "");
          visitor.aside("alt", "图形的标题", attribute("title") ?? "");
          return;
        case "imagedata":
          visitor.aside("alt", "图片的标题", attribute("title") ?? "");
          return;
        case "textpath":
          visitor.aside("body", "艺术字或水印", attribute("string") ?? "");
          return;
        case "bookmarkStart":
          visitor.aside("hidden", "书签", attribute("name") ?? "");
          return;
        case "hyperlink":
          visitor.aside("hidden", "超链接提示", attribute("tooltip") ?? "");
          return;
        case "rPrChange":
        case "pPrChange":
        case "sectPrChange":
        case "tblPrChange":
          visitor.aside("inserted", "修订（格式）的作者", attribute("author") ?? "");
          return;
      }
      if (noteElements.has(element) && attribute("id") !== undefined) {
        // Word keeps two notes for the separator line, which hold no text.
        if (element === "comment" || attribute("type") === undefined) note += 1;
        visitor.aside("comment", `批注 ${note} 的作者`, attribute("author") ?? "");
        visitor.aside("comment", `批注 ${note} 的作者缩写`, attribute("initials") ?? "");
        return;
      }
      const named = namedByPeople.get(element);
      if (named) visitor.aside("hidden", named, attribute("val") ?? "");
    },
    text(added) {
      if (text === "code") fieldCode += added;
      else if (text === "shown") append(added);
    },
    close(element) {
      if (changeElements.has(element)) changes.pop();
      switch (element) {
        case "AlternateContent":
          chosen.pop();
          return;
        case "Fallback":
          fallbacks -= 1;
          return;
        case "txbxContent":
          textBoxes -= 1;
          return;
        case "pPr":
          inProperties -= 1;
          return;
        case "t":
        case "delText":
        case "instrText":
        case "delInstrText":
          text = undefined;
          return;
        case "r":
          inRun = false;
          runHidden = false;
          return;
        case "p": {
          if (fieldCode !== undefined) visitor.aside("hidden", "域代码", fieldCode);
          fieldCode = undefined;
          const paragraph = paragraphs.pop();
          if (!paragraph || paragraph.stretches.length === 0) return;
          const whole = paragraph.stretches.map((stretch) => stretch.text).join("");
          const inner = chosen.at(-1);
          if (fallbacks > 0 && inner?.has(whole)) return;
          inner?.add(whole);
          visitor.paragraph({ ...paragraph, note });
        }
      }
    },
  };
  await parseXml(chunks, handler);
}
