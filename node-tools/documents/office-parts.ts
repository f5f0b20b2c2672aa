import type { TextKind } from "../../apps-script/core/evidence/file-facts.ts";
import type { PieceSink } from "./facts-collector.ts";
import { UnreadableError } from "./limits.ts";
import { type OfficePackage, shortName } from "./office-package.ts";
import { readPart, type ZipPart } from "./open-zip.ts";
import { parseXml } from "./parse-xml.ts";
import { printableRuns } from "./printable-runs.ts";
import { decodeAddress } from "./restore-chinese.ts";

const propertyLabels: Readonly<Record<string, string>> = {
  creator: "作者",
  lastModifiedBy: "最后修改者",
  title: "标题",
  subject: "主题",
  description: "备注",
  keywords: "关键词",
  category: "类别",
  contentStatus: "状态",
  identifier: "标识",
  language: "语言",
  Company: "单位",
  Manager: "主管",
  Template: "模板",
  HyperlinkBase: "超链接基础",
};

/** docProps/core.xml, app.xml and custom.xml. */
async function readProperties(part: ZipPart, sink: PieceSink): Promise<void> {
  let custom = "";
  const names: string[] = [];
  let text = "";
  await parseXml(await part.stream(), {
    open(element, attribute) {
      names.push(element);
      text = "";
      if (element === "property") custom = attribute("name") ?? "";
      if (element === "property") sink.addPiece("property", "自定义文档属性的名称", custom);
    },
    text(added) {
      text += added;
    },
    close(element) {
      names.pop();
      if (text.trim() !== "") {
        const label = custom !== "" ? `自定义属性“${custom}”` : `文档属性“${propertyLabels[element] ?? element}”`;
        // lpstr: titles of sheets and slides, inside TitlesOfParts.
        sink.addPiece("property", names.includes("TitlesOfParts") ? "文档属性“各部分标题”" : label, text);
      }
      text = "";
      if (element === "property") custom = "";
    },
  });
}

/** Whether an attribute may have been typed by somebody, and is no switch, number or style name of a program. */
const mayBeTyped = (value: string) => /[\u2e80-\u9fff\uf900-\ufaff]|@|\d{7}/.test(value);

/** Any other part: all text, and the attributes that somebody may have typed. */
async function readUnknownXml(part: ZipPart, kind: TextKind, place: string, sink: PieceSink): Promise<void> {
  const texts = new Set<string>();
  let text = "";
  const flush = () => {
    if (text.trim() !== "") texts.add(text.trim());
    text = "";
  };
  await parseXml(await part.stream(), {
    open(element, _, attributes) {
      // Runs of one paragraph are one text; every other element is one of its own.
      if (!/^(?:r|t|rPr|b|i|u|sz|color|rFont|family|charset|scheme)$/.test(element)) flush();
      for (const name in attributes) {
        const value = attributes[name] ?? "";
        if (/(?:author|name|initials|userId|providerId|alias)$/i.test(name) || mayBeTyped(value)) texts.add(value);
      }
    },
    text(added) {
      text += added;
    },
    close(element) {
      if (!/^(?:r|t)$/.test(element)) flush();
    },
  });
  flush();
  sink.addPiece(kind, place, [...texts].join("\n"));
}

/** Fonts, themes and tables of style names: texts of the program, not of the applicants. */
const ofTheProgram =
  /(?:fontTable|theme\d*|styles|stylesWithEffects|webSettings|tableStyles|numbering|calcChain)\.xml$/i;

/** Shown on the page like any text. */
const shownLabels: readonly (readonly [RegExp, string])[] = [
  [/chart.*\.xml$/i, "图表"],
  [/diagrams\/.*\.xml$/i, "SmartArt 图形"],
  [/^xl\/tables\/.*\.xml$/i, "表格的列名"],
  [/^ppt\/presentation\.xml$/i, "演示文稿的节名"],
];

const partLabels: readonly (readonly [RegExp, string])[] = [
  [/people\.xml$|persons\/.*\.xml$/i, "批注者名单"],
  [/settings\.xml$/i, "文档设置"],
  [/customXml\//i, "自定义数据"],
  [/commentAuthors\.xml$|authors\.xml$/i, "批注者名单"],
];

/** Reads a picture, film, document or archive that lies in the package. */
export type EmbeddedReader = (part: ZipPart, bytes: Buffer) => Promise<void>;

async function readRelations(office: OfficePackage, part: ZipPart, sink: PieceSink): Promise<void> {
  const owner = part.name.replace("_rels/", "").replace(/\.rels$/, "");
  for (const relation of await office.relationsOf(owner)) {
    if (!relation.external) continue;
    sink.addPiece("metadata", `外部链接（${relation.type}）`, decodeAddress(relation.target));
    if (/template|frame|oleObject|subDocument/i.test(relation.type)) {
      sink.addProblem("引用了文件之外的模板或对象（未打开），其内容无法核查；请断开链接后重新保存");
    }
  }
}

/**
 * Every part that the reader of the format has left: properties, settings, authors, relations, embedded media and
 * objects, data of programs. A part that cannot be read is reported, the others go on.
 */
export async function readOtherParts(
  office: OfficePackage,
  read: ReadonlySet<string>,
  sink: PieceSink,
  readEmbedded: EmbeddedReader,
): Promise<void> {
  sink.addPiece("metadata", "文件包注释", office.zip.comment);
  for (const part of office.zip.parts) {
    if (part.name.endsWith("/") || part.name === "[Content_Types].xml") continue;
    sink.addPiece("metadata", "文件包内的名称", shortName(part));
    sink.addPiece("metadata", `文件包内“${shortName(part)}”的注释`, part.comment);
    if (read.has(part.name) || ofTheProgram.test(part.name)) continue;
    try {
      await readOtherPart(office, part, sink, readEmbedded);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      sink.addProblem(`内部的“${shortName(part)}”${error.message}`);
    }
  }
}

async function readOtherPart(office: OfficePackage, part: ZipPart, sink: PieceSink, readEmbedded: EmbeddedReader) {
  const name = part.name.toLowerCase();
  if (/^docprops\/(?:core|app|custom)\d*\.xml$/.test(name) || office.typeOf(part).endsWith("core-properties+xml")) {
    return readProperties(part, sink);
  }
  if (name.endsWith(".rels")) return readRelations(office, part, sink);
  if (name.endsWith(".xml") || name.endsWith(".vml")) {
    const labelIn = (labels: typeof partLabels) => labels.find(([pattern]) => pattern.test(part.name))?.[1];
    const shown = labelIn(shownLabels);
    if (shown !== undefined) return readUnknownXml(part, "body", shown, sink);
    return readUnknownXml(part, "metadata", labelIn(partLabels) ?? `内部数据“${shortName(part)}”`, sink);
  }
  const bytes = await readPart(part);
  if (name.endsWith(".bin") || name.endsWith(".dat")) {
    return sink.addPiece("metadata", `内嵌对象“${shortName(part)}”`, printableRuns(bytes));
  }
  await readEmbedded(part, bytes);
}
