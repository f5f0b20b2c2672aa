import type { TextKind } from "../../apps-script/core/evidence/file-facts.ts";
import { readDrawingText } from "./drawing-text.ts";
import type { PieceSink } from "./facts-collector.ts";
import { UnreadableError } from "./limits.ts";
import { type OfficePackage, shortName } from "./office-package.ts";
import type { ZipPart } from "./open-zip.ts";
import { parseXml } from "./parse-xml.ts";

/** Slides in the order in which they are shown; parts that no list names come last. */
async function orderSlides(office: OfficePackage): Promise<ZipPart[]> {
  const slides = new Set(office.zip.parts.filter((part) => /^ppt\/slides\/[^/]+\.xml$/i.test(part.name)));
  const ordered: ZipPart[] = [];
  const presentation = office.part("ppt/presentation.xml");
  if (presentation) {
    const relations = await office.relationsOf(presentation.name);
    await parseXml(await presentation.stream(), {
      open(element, _, attributes) {
        if (element !== "sldId") return;
        const id = Object.entries(attributes).find(([name]) => name.endsWith(":id"))?.[1];
        const part = office.part(relations.find((relation) => relation.id === id)?.target ?? "");
        if (part && slides.delete(part)) ordered.push(part);
      },
    });
  }
  return [...ordered, ...slides];
}

async function isHidden(part: ZipPart): Promise<boolean> {
  let hidden = false;
  let first = true;
  await parseXml(await part.stream(), {
    open(_, attribute) {
      if (first) hidden = attribute("show") === "0" || attribute("show") === "false";
      first = false;
    },
  });
  return hidden;
}

async function readText(part: ZipPart, kind: TextKind, place: string, sink: PieceSink): Promise<void> {
  await readDrawingText(await part.stream(), {
    paragraph(text, hiddenShape) {
      sink.addPiece(hiddenShape ? "hidden" : kind, hiddenShape ? `${place}（隐藏的图形）` : place, text);
      if (kind === "body" && !hiddenShape) sink.addParagraph(text, false);
    },
    aside: (asideKind, what, text) => sink.addPiece(asideKind, `${place}${what}`, text),
  });
}

/** Comments of both kinds: `cm` with plain text, and threaded ones with paragraphs. */
async function readComments(part: ZipPart, place: string, sink: PieceSink): Promise<void> {
  let text = "";
  await parseXml(await part.stream(), {
    text(added) {
      text += added;
    },
    close(element) {
      if (!/^(?:text|p|cm)$/.test(element)) return;
      sink.addPiece("comment", place, text);
      text = "";
    },
  });
}

/** Slides with their notes and comments, masters and layouts; gives the names of the parts it has read. */
export async function readPptx(office: OfficePackage, sink: PieceSink): Promise<ReadonlySet<string>> {
  const read = new Set<string>();
  const attempt = async (part: ZipPart, what: string, action: () => Promise<void>) => {
    read.add(part.name);
    try {
      await action();
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      sink.addProblem(`${what}（${shortName(part)}）${error.message}`);
    }
  };
  const slides = await orderSlides(office).catch(() => []);
  if (slides.length === 0) sink.addProblem("没有读到任何幻灯片；请用 WPS 或 PowerPoint 打开后重新保存");
  for (const [i, slide] of slides.entries()) {
    const page = `第 ${i + 1} 页`;
    await attempt(slide, page, async () => {
      const hidden = await isHidden(slide);
      await readText(slide, hidden ? "hidden" : "body", hidden ? `${page}（隐藏的幻灯片）` : page, sink);
    });
    const relations = await office.relationsOf(slide.name).catch(() => []);
    for (const { type, target } of relations) {
      const part = office.part(target);
      if (!part) continue;
      if (type === "notesSlide") await attempt(part, `${page}备注`, () => readText(part, "notes", `${page}备注`, sink));
      if (type === "comments") await attempt(part, `${page}批注`, () => readComments(part, `${page}批注`, sink));
    }
  }
  for (const part of office.zip.parts) {
    if (read.has(part.name)) continue;
    if (/^ppt\/(?:slideMasters|slideLayouts|notesMasters|handoutMasters)\/[^/]+\.xml$/i.test(part.name)) {
      await attempt(part, "母版", () => readText(part, "header", `母版或版式“${shortName(part)}”`, sink));
    } else if (/^ppt\/notesSlides\/[^/]+\.xml$/i.test(part.name)) {
      await attempt(part, "备注", () => readText(part, "notes", `备注“${shortName(part)}”`, sink));
    }
  }
  return read;
}
