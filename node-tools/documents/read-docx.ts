import type { TextKind } from "../../apps-script/core/evidence/file-facts.ts";
import type { PieceSink } from "./facts-collector.ts";
import { UnreadableError } from "./limits.ts";
import { type OfficePackage, shortName } from "./office-package.ts";
import type { ZipPart } from "./open-zip.ts";
import { noStyles, readWordStyles, type WordStyles } from "./word-styles.ts";
import { readWordText, type WordParagraph } from "./word-text.ts";

type Role = "document" | "header" | "footer" | "footnotes" | "endnotes" | "comments" | "glossary";

const roles: readonly (readonly [RegExp, Role])[] = [
  [/document\.glossary\+xml$|glossary\//, "glossary"],
  [/(?:document|template)(?:\.macroenabled(?:template)?)?\.main\+xml$|^word\/document\d*\.xml$/, "document"],
  [/wordprocessingml\.header\+xml$|^word\/header\d*\.xml$/, "header"],
  [/wordprocessingml\.footer\+xml$|^word\/footer\d*\.xml$/, "footer"],
  [/footnotes\+xml$|^word\/footnotes\.xml$/, "footnotes"],
  [/endnotes\+xml$|^word\/endnotes\.xml$/, "endnotes"],
  [/wordprocessingml\.comments\+xml$|^word\/comments\.xml$/, "comments"],
];

function roleOf(office: OfficePackage, part: ZipPart): Role | undefined {
  const [type, name] = [office.typeOf(part), part.name.toLowerCase()];
  return roles.find(([pattern]) => pattern.test(type) || pattern.test(name))?.[1];
}

const kindOfRole: Readonly<Record<Role, TextKind>> = {
  document: "body",
  header: "header",
  footer: "header",
  footnotes: "footnote",
  endnotes: "footnote",
  comments: "comment",
  glossary: "hidden",
};

const roleLabels: Readonly<Record<Role, string>> = {
  document: "正文",
  header: "页眉",
  footer: "页脚",
  footnotes: "脚注",
  endnotes: "尾注",
  comments: "批注",
  glossary: "自动图文集",
};

/** Characters of the neighbouring text that a deleted or hidden stretch is given with: a name may be cut in two. */
const around = 12;

/** Stretches of one state, each with a little of the shown text on both sides. */
function* stretchesWithContext(paragraph: WordParagraph, state: "deleted" | "hidden"): Generator<string> {
  const { stretches } = paragraph;
  // Read as it was before the change: what is inserted in its place was not there.
  const kept = stretches.filter((stretch) => stretch.state === state || stretch.state === "shown");
  for (let i = 0; i < kept.length; i += 1) {
    if (kept[i]?.state !== state) continue;
    const from = i;
    while (kept[i + 1]?.state === state) i += 1;
    const before = kept[from - 1]?.text.slice(-around) ?? "";
    const after = kept[i + 1]?.text.slice(0, around) ?? "";
    yield before +
      kept
        .slice(from, i + 1)
        .map((stretch) => stretch.text)
        .join("") +
      after;
  }
}

const shownText = (paragraph: WordParagraph) =>
  paragraph.stretches
    .filter((stretch) => stretch.state === "shown" || stretch.state === "inserted")
    .map((stretch) => stretch.text)
    .join("")
    // A page break at the end of a paragraph is no line of its own.
    .replace(/^\n+|\n+$/g, "");

async function readTextPart(part: ZipPart, role: Role, ordinal: number, styles: WordStyles, sink: PieceSink) {
  const kind = kindOfRole[role];
  let count = 0;
  let boxes = 0;
  const asides = new Set<string>();
  await readWordText(await part.stream(), styles, {
    paragraph(paragraph) {
      const isBody = role === "document" && !paragraph.inTextBox;
      const text = shownText(paragraph);
      if (isBody) {
        count += 1;
        sink.addParagraph(text, paragraph.heading);
      }
      if (paragraph.inTextBox) boxes += 1;
      const place = isBody
        ? `第 ${count} 段`
        : role === "document"
          ? `文本框第 ${boxes} 段`
          : `${roleLabels[role]} ${paragraph.note || ordinal}`;
      const changed = kind === "body" && paragraph.stretches.some((stretch) => stretch.state === "inserted");
      sink.addPiece(changed ? "inserted" : kind, changed ? `${place}（含修订插入的文字）` : place, text);
      for (const deleted of stretchesWithContext(paragraph, "deleted")) {
        sink.addPiece("deleted", `${place}（修订中已删除、接受修订前仍可看到的文字）`, deleted);
      }
      for (const hidden of stretchesWithContext(paragraph, "hidden")) {
        sink.addPiece("hidden", `${place}（隐藏文字）`, hidden);
      }
    },
    aside(asideKind, what, text) {
      const key = `${asideKind}\n${what}\n${text}`;
      if (asides.has(key)) return;
      asides.add(key);
      sink.addPiece(
        asideKind,
        role === "document" || role === "comments" ? what : `${roleLabels[role]}中的${what}`,
        text,
      );
    },
  });
}

/**
 * The text parts of a .docx, each in the order of the package; gives the names of the parts it has read.
 * A part that cannot be read is reported, the others go on.
 */
export async function readDocx(office: OfficePackage, sink: PieceSink): Promise<ReadonlySet<string>> {
  const read = new Set<string>();
  const stylesPart = office.part("word/styles.xml");
  let styles = noStyles;
  if (stylesPart) styles = await readWordStyles(await stylesPart.stream()).catch(() => noStyles);
  const ordinals = new Map<Role, number>();
  for (const part of office.zip.parts) {
    const role = roleOf(office, part);
    if (role === undefined || !part.name.toLowerCase().endsWith(".xml")) continue;
    const ordinal = (ordinals.get(role) ?? 0) + 1;
    ordinals.set(role, ordinal);
    read.add(part.name);
    try {
      await readTextPart(part, role, ordinal, styles, sink);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      sink.addProblem(`${roleLabels[role]}（${shortName(part)}）${error.message}`);
    }
  }
  if (!ordinals.has("document")) sink.addProblem("缺少正文部分，文件不完整；请用 WPS 或 Word 打开后重新保存");
  return read;
}
