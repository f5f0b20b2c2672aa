import { columnNumber } from "../../apps-script/core/workbook/addresses.ts";
import { readDrawingText } from "./drawing-text.ts";
import type { PieceSink } from "./facts-collector.ts";
import { UnreadableError } from "./limits.ts";
import { type OfficePackage, shortName } from "./office-package.ts";
import type { ZipPart } from "./open-zip.ts";
import { parseXml } from "./parse-xml.ts";

interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly part: ZipPart;
}

const isOn = (value: string | undefined) => value === "1" || value === "true";

async function readSharedStrings(office: OfficePackage, read: Set<string>): Promise<string[]> {
  const part = office.part("xl/sharedStrings.xml");
  if (!part) return [];
  read.add(part.name);
  const strings: string[] = [];
  let text = "";
  let inText = false;
  await parseXml(await part.stream(), {
    open(element) {
      if (element === "si") text = "";
      inText = element === "t";
    },
    text(added) {
      if (inText) text += added;
    },
    close(element) {
      inText = false;
      if (element === "si") strings.push(text);
    },
  });
  return strings;
}

async function listSheets(office: OfficePackage, read: Set<string>, sink: PieceSink): Promise<Sheet[]> {
  const workbook = office.part("xl/workbook.xml");
  const worksheets = new Set(
    office.zip.parts.filter((p) => /^xl\/(?:work|chart|dialog)sheets\/[^/]+\.xml$/i.test(p.name)),
  );
  const sheets: Sheet[] = [];
  if (workbook) {
    read.add(workbook.name);
    const relations = await office.relationsOf(workbook.name);
    let definedName: string | undefined;
    await parseXml(await workbook.stream(), {
      open(element, attribute, attributes) {
        if (element === "sheet") {
          const id = Object.entries(attributes).find(([name]) => name.endsWith(":id"))?.[1];
          const part = office.part(relations.find((relation) => relation.id === id)?.target ?? "");
          const name = attribute("name") ?? "";
          const hidden = (attribute("state") ?? "visible") !== "visible";
          sink.addPiece(hidden ? "hidden" : "body", hidden ? "隐藏工作表的名称" : "工作表的名称", name);
          if (part && worksheets.delete(part)) sheets.push({ name, hidden, part });
        } else if (element === "definedName") {
          definedName = attribute("name") ?? "";
          sink.addPiece("hidden", "名称管理器", definedName);
        } else if (element === "customWorkbookView") {
          sink.addPiece("property", "自定义视图的名称", attribute("name") ?? "");
        } else if (element === "fileSharing") sink.addPiece("property", "写保护的设置者", attribute("userName") ?? "");
      },
      text(added) {
        if (definedName !== undefined) sink.addPiece("hidden", `名称管理器“${definedName}”`, added);
      },
      close(element) {
        if (element === "definedName") definedName = undefined;
      },
    });
  }
  return [...sheets, ...[...worksheets].map((part) => ({ name: shortName(part), hidden: false, part }))];
}

async function readSheet(sheet: Sheet, strings: readonly string[], sink: PieceSink): Promise<void> {
  const place = `工作表“${sheet.name}”`;
  const hiddenColumns: { from: number; to: number }[] = [];
  let rowHidden = false;
  let cell = "";
  let type: string | undefined;
  let element = "";
  let value = "";
  let formula = "";
  let headerFooter = "";
  let inViews = false;
  const columnHidden = () => {
    const column = columnNumber(/^[A-Z]+/.exec(cell)?.[0] ?? "");
    return hiddenColumns.some(({ from, to }) => column >= from && column <= to);
  };
  await parseXml(await sheet.part.stream(), {
    open(opened, attribute) {
      element = opened;
      if (opened === "col" && isOn(attribute("hidden"))) {
        hiddenColumns.push({ from: Number(attribute("min")), to: Number(attribute("max")) });
      } else if (opened === "row") rowHidden = isOn(attribute("hidden"));
      else if (opened === "c") {
        [cell, type, value, formula] = [attribute("r") ?? "", attribute("t"), "", ""];
      } else if (opened === "dataValidation") {
        for (const name of ["prompt", "promptTitle", "error", "errorTitle"]) {
          sink.addPiece("hidden", `${place}的数据有效性提示`, attribute(name) ?? "");
        }
      } else if (opened === "hyperlink") {
        sink.addPiece("hidden", `${place}的超链接提示`, attribute("tooltip") ?? "");
      } else if (opened === "customSheetViews") inViews = true;
      else if (opened === "scenario") {
        for (const name of ["name", "user", "comment"])
          sink.addPiece("hidden", `${place}的方案`, attribute(name) ?? "");
      } else if (/^(?:filter|customFilter)$/.test(opened)) {
        sink.addPiece("hidden", `${place}的筛选条件`, attribute("val") ?? "");
      }
    },
    text(added) {
      if (element === "v" || element === "t") value += added;
      else if (element === "f") formula += added;
      else if (/^formula[12]?$/.test(element)) sink.addPiece("hidden", `${place}的数据有效性或条件格式`, added);
      else if (/^(?:odd|even|first)(?:Header|Footer)$/.test(element)) headerFooter += added;
    },
    close(closed) {
      if (closed === "customSheetViews") inViews = false;
      if (closed === "c") {
        const text = type === "s" ? (strings[Number(value)] ?? "") : value;
        const hidden = sheet.hidden || rowHidden || columnHidden();
        const at = `${place}${hidden ? "（隐藏）" : ""}${cell} 单元格`;
        sink.addPiece(hidden ? "hidden" : "body", at, text);
        sink.addPiece("hidden", `${at}的公式`, formula);
        if (!hidden) sink.addParagraph(text, false);
      } else if (headerFooter !== "" && closed === element) {
        // &"字体,常规"&12: codes between the text (ECMA-376 part 1, 18.3.1.46).
        sink.addPiece(
          inViews ? "hidden" : "header",
          inViews ? `${place}的自定义视图` : `${place}的页眉页脚`,
          headerFooter.replace(/&(?:"[^"]*"|\d+|K[0-9A-F]{6}|[A-Z])/g, " "),
        );
        headerFooter = "";
      }
      element = "";
    },
  });
}

async function readNotes(part: ZipPart, sink: PieceSink): Promise<void> {
  let text = "";
  let at = "";
  let inText = false;
  await parseXml(await part.stream(), {
    open(element, attribute) {
      // What stands beside the text is the size and place of the note's box.
      inText = element === "author" || element === "t" || element === "text";
      if (element === "author") text = "";
      if (element === "comment" || element === "threadedComment") [text, at] = ["", attribute("ref") ?? ""];
    },
    text(added) {
      if (inText) text += added;
    },
    close(element) {
      inText = false;
      if (element === "author") sink.addPiece("comment", "批注的作者", text);
      if (element === "comment" || element === "threadedComment") sink.addPiece("comment", `${at} 单元格的批注`, text);
    },
  });
}

/** Cells, hidden ones marked as such, with notes, headers, names and drawings; gives the names of the parts it has read. */
export async function readXlsx(office: OfficePackage, sink: PieceSink): Promise<ReadonlySet<string>> {
  const read = new Set<string>();
  const attempt = async <T>(what: string, action: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      sink.addProblem(`${what}${error.message}`);
      return undefined;
    }
  };
  const strings = (await attempt("单元格文字", () => readSharedStrings(office, read))) ?? [];
  const sheets = (await attempt("工作簿目录", () => listSheets(office, read, sink))) ?? [];
  for (const sheet of sheets) {
    read.add(sheet.part.name);
    await attempt(`工作表“${sheet.name}”`, () => readSheet(sheet, strings, sink));
  }
  for (const part of office.zip.parts) {
    if (/^xl\/(?:threadedComments\/|comments)[^/]*\.xml$/i.test(part.name)) {
      read.add(part.name);
      await attempt("批注", () => readNotes(part, sink));
    } else if (/^xl\/drawings\/[^/]+\.xml$/i.test(part.name)) {
      read.add(part.name);
      await attempt("图形", async () =>
        readDrawingText(await part.stream(), {
          paragraph: (text, hidden) =>
            sink.addPiece(hidden ? "hidden" : "body", hidden ? "隐藏的图形" : "图形或文本框", text),
          aside: (kind, what, text) => sink.addPiece(kind, what, text),
        }),
      );
    }
  }
  return read;
}
