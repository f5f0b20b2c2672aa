import type { TextKind } from "../../apps-script/core/evidence/file-facts.ts";
import { type AttributeOf, parseXml, type XmlHandler } from "./parse-xml.ts";
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
/** What one attribute holds, for `WordVisitor.aside`. */
type Aside = readonly [kind: TextKind, what: string, attribute: string];

const inserted: Aside = ["inserted", "修订（插入）的作者", "author"];
const deleted: Aside = ["deleted", "修订（删除）的作者", "author"];
const format: Aside = ["inserted", "修订（格式）的作者", "author"];
const title: Aside = ["alt", "图形的标题", "title"];
const drawing: readonly Aside[] = [["alt", "图形的替代文字", "descr"], title, ["alt", "图形的名称", "name"]];
const shape: readonly Aside[] = [["alt", "图形的替代文字", "alt"], title];
const table: Aside = ["alt", "表格的替代文字", "val"];

/** What stands in attributes beside the text, by element; `val` is mostly a text that somebody typed. */
const asidesOf: ReadonlyMap<string, readonly Aside[]> = new Map<string, readonly Aside[]>([
  ["ins", [inserted]],
  ["moveTo", [inserted]],
  ["del", [deleted]],
  ["moveFrom", [deleted]],
  ["rPrChange", [format]],
  ["pPrChange", [format]],
  ["sectPrChange", [format]],
  ["tblPrChange", [format]],
  ["docPr", drawing],
  ["cNvPr", drawing],
  ["shape", shape],
  ["rect", shape],
  ["group", shape],
  ["tblCaption", [table]],
  ["tblDescription", [table]],
  ["imagedata", [["alt", "图片的标题", "title"]]],
  ["textpath", [["body", "艺术字或水印", "string"]]],
  ["fldSimple", [["hidden", "域代码", "instr"]]],
  ["bookmarkStart", [["hidden", "书签", "name"]]],
  ["hyperlink", [["hidden", "超链接提示", "tooltip"]]],
  ["alias", [["hidden", "内容控件名称", "val"]]],
  ["tag", [["hidden", "内容控件标记", "val"]]],
  [
    "listItem",
    [
      ["hidden", "下拉选项", "displayText"],
      ["hidden", "下拉选项", "value"],
    ],
  ],
  ["listEntry", [["hidden", "表单域选项", "val"]]],
  ["name", [["hidden", "表单域名称", "val"]]],
  ["default", [["hidden", "表单域默认文字", "val"]]],
  ["docVar", [["hidden", "文档变量", "val"]]],
  ["statusText", [["hidden", "表单域提示", "val"]]],
  ["helpText", [["hidden", "表单域帮助", "val"]]],
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
  await parseXml(chunks, new WordReader(styles, visitor));
}

class WordReader implements XmlHandler {
  readonly #styles: WordStyles;
  readonly #visitor: WordVisitor;
  /** Open ones, from outside to inside: a text box stands in a paragraph. */
  readonly #paragraphs: OpenParagraph[] = [];
  readonly #changes: ("inserted" | "deleted")[] = [];
  /** By open AlternateContent: the paragraphs that have been handed over. */
  readonly #alternatives: Set<string>[] = [];
  #fallbacks = 0;
  #textBoxes = 0;
  #paragraphProperties = 0;
  #note = 0;
  #inRun = false;
  #runHidden = false;
  /** Where the text between the tags belongs. */
  #text: "shown" | "code" | undefined;
  #fieldCode: string | undefined;

  constructor(styles: WordStyles, visitor: WordVisitor) {
    this.#styles = styles;
    this.#visitor = visitor;
  }

  open(element: string, attribute: AttributeOf): void {
    for (const [kind, what, name] of asidesOf.get(element) ?? []) {
      this.#visitor.aside(kind, what, attribute(name) ?? "");
    }
    const change = changeElements.get(element);
    if (change) this.#changes.push(change);
    else if (noteElements.has(element)) this.#openNote(element, attribute);
    else if (!this.#openInRun(element, attribute)) this.#openAroundRuns(element, attribute);
  }

  text(added: string): void {
    if (this.#text === "code") this.#fieldCode = (this.#fieldCode ?? "") + added;
    else if (this.#text === "shown") this.#append(added);
  }

  close(element: string): void {
    if (changeElements.has(element)) this.#changes.pop();
    switch (element) {
      case "AlternateContent":
        this.#alternatives.pop();
        break;
      case "Fallback":
        this.#fallbacks -= 1;
        break;
      case "txbxContent":
        this.#textBoxes -= 1;
        break;
      case "pPr":
        this.#paragraphProperties -= 1;
        break;
      case "t":
      case "delText":
      case "instrText":
      case "delInstrText":
        this.#text = undefined;
        break;
      case "r":
        this.#inRun = false;
        this.#runHidden = false;
        break;
      case "p":
        this.#closeParagraph();
    }
  }

  #openNote(element: string, attribute: AttributeOf): void {
    if (attribute("id") === undefined) return;
    // Word keeps two notes for the separator line, which hold no text.
    if (element === "comment" || attribute("type") === undefined) this.#note += 1;
    this.#visitor.aside("comment", `批注 ${this.#note} 的作者`, attribute("author") ?? "");
    this.#visitor.aside("comment", `批注 ${this.#note} 的作者缩写`, attribute("initials") ?? "");
  }

  #openAroundRuns(element: string, attribute: AttributeOf): void {
    const paragraph = this.#paragraphs.at(-1);
    switch (element) {
      case "AlternateContent":
        this.#alternatives.push(new Set());
        break;
      case "Fallback":
        this.#fallbacks += 1;
        break;
      case "txbxContent":
        this.#textBoxes += 1;
        break;
      case "p":
        this.#paragraphs.push({ stretches: [], inTextBox: this.#textBoxes > 0, heading: false, hidden: false });
        this.#inRun = false;
        break;
      case "pPr":
        this.#paragraphProperties += 1;
        break;
      case "pStyle":
        if (!paragraph) break;
        paragraph.heading ||= this.#styles.headings.has(attribute("val") ?? "");
        paragraph.hidden ||= this.#styles.hidden.has(attribute("val") ?? "");
        break;
      case "outlineLvl":
        if (paragraph && Number(attribute("val") ?? "9") < 9) paragraph.heading = true;
        break;
      case "r":
        this.#inRun = true;
        this.#runHidden = paragraph?.hidden ?? false;
    }
  }

  /** @returns whether the element is one of a run */
  #openInRun(element: string, attribute: AttributeOf): boolean {
    switch (element) {
      case "rStyle":
        if (this.#inRun) this.#runHidden ||= this.#styles.hidden.has(attribute("val") ?? "");
        return true;
      case "vanish":
      case "specVanish":
        if (this.#inRun && this.#paragraphProperties === 0) this.#runHidden = !isOff(attribute("val"));
        return true;
      case "t":
      case "delText":
        this.#text = "shown";
        return true;
      case "instrText":
      case "delInstrText":
        this.#text = "code";
        this.#fieldCode ??= "";
        return true;
      case "tab":
      case "ptab":
        // Outside a run it is a tab stop.
        if (this.#inRun) this.#append("\t");
        return true;
      case "br":
      case "cr":
        this.#append("\n");
        return true;
      case "noBreakHyphen":
        this.#append("-");
        return true;
      default:
        return false;
    }
  }

  #append(added: string): void {
    const paragraph = this.#paragraphs.at(-1);
    if (!paragraph || added === "") return;
    const state = this.#changes.includes("deleted")
      ? "deleted"
      : this.#runHidden
        ? "hidden"
        : (this.#changes.at(-1) ?? "shown");
    const last = paragraph.stretches.at(-1);
    if (last && last.state === state) last.text += added;
    else paragraph.stretches.push({ text: added, state });
  }

  #closeParagraph(): void {
    if (this.#fieldCode !== undefined) this.#visitor.aside("hidden", "域代码", this.#fieldCode);
    this.#fieldCode = undefined;
    const paragraph = this.#paragraphs.pop();
    if (!paragraph || paragraph.stretches.length === 0) return;
    const whole = paragraph.stretches.map((stretch) => stretch.text).join("");
    const known = this.#alternatives.at(-1);
    if (this.#fallbacks > 0 && known?.has(whole)) return;
    known?.add(whole);
    this.#visitor.paragraph({ ...paragraph, note: this.#note });
  }
}
