/** Documents as Word writes them (ECMA-376 part 1, 17), as far as official forms use it. */
import { type Css, colour, fontStack, make, type PageText, type PrintedPages, points } from "./printed-pages.ts";

const child = (of: Element | undefined, name: string): Element | undefined =>
  [...(of?.children ?? [])].find(({ localName }) => localName === name);
const childrenOf = (of: Element | undefined, name: string): Element[] =>
  [...(of?.children ?? [])].filter(({ localName }) => localName === name);
const attributeOf = (of: Element | undefined, name = "val"): string | undefined =>
  of?.getAttribute(`w:${name}`) ?? undefined;
const isOn = (of: Element | undefined): boolean => of !== undefined && !/^(?:0|false|off)$/.test(attributeOf(of) ?? "");
const numberOf = (of: Element | undefined, name: string): number => Number(attributeOf(of, name) ?? 0);
/** Twentieths of a point. */
const twips = (of: Element | undefined, name: string): number => numberOf(of, name) / 20;
const twipsCss = (of: Element | undefined, name: string): string | undefined =>
  attributeOf(of, name) === undefined ? undefined : points(twips(of, name));

const parse = (xml: string) => new DOMParser().parseFromString(xml, "application/xml").documentElement;

/** What runs have where they say nothing. */
interface Defaults {
  readonly size: number;
  readonly font: string;
}

const halfPoints = (properties: Element | undefined) => {
  const value = attributeOf(child(properties, "sz"));
  return value === undefined ? undefined : Number(value) / 2;
};

function runCss(properties: Element | undefined, defaults: Defaults): Css {
  const fonts = child(properties, "rFonts");
  const size = halfPoints(properties) ?? defaults.size;
  return {
    "font-family": fontStack(attributeOf(fonts, "eastAsia") ?? defaults.font, attributeOf(fonts, "ascii")),
    "font-size": points(size),
    "font-weight": isOn(child(properties, "b")) ? "700" : "400",
    color: colour(attributeOf(child(properties, "color"))) ?? "#000",
    "letter-spacing": twipsCss(child(properties, "spacing"), "val"),
    "text-decoration": isOn(child(properties, "u")) ? "underline" : undefined,
  };
}

const alignments: Readonly<Record<string, string>> = {
  center: "center",
  right: "right",
  end: "right",
  both: "justify",
  distribute: "justify",
};

function lineHeight(spacing: Element | undefined, size: number): string | undefined {
  if (attributeOf(spacing, "line") === undefined) return undefined;
  const line = twips(spacing, "line");
  switch (attributeOf(spacing, "lineRule")) {
    case "exact":
      return points(line);
    case "atLeast":
      return points(Math.max(line, size * 1.2));
    default:
      return String(line / 12);
  }
}

/** No text of an XML file has it. */
const pageEnd = "\f";

function textOf(run: Element): string {
  return [...run.children]
    .map((part) => {
      if (part.localName === "t") return part.textContent ?? "";
      if (part.localName === "tab") return "\t";
      if (part.localName !== "br") return "";
      return attributeOf(part, "type") === "page" ? pageEnd : "\n";
    })
    .join("");
}

/** What a paragraph has on each of its pages. */
function pagesOf(paragraph: Element, defaults: Defaults): HTMLElement[][] {
  const pages: HTMLElement[][] = [[]];
  for (const run of paragraph.getElementsByTagName("w:r")) {
    const css = runCss(child(run, "rPr"), defaults);
    for (const [i, text] of textOf(run).split(pageEnd).entries()) {
      if (i > 0) pages.push([]);
      pages.at(-1)?.push(make("span", css, text));
    }
  }
  return pages;
}

function paragraphOf(paragraph: Element, defaults: Defaults): HTMLElement {
  const properties = child(paragraph, "pPr");
  const [spacing, indent] = [child(properties, "spacing"), child(properties, "ind")];
  const size = halfPoints(child(properties, "rPr")) ?? defaults.size;
  const pages = pagesOf(paragraph, defaults);
  // A break at its end is the paragraph's own: browsers make none within a line that has no more.
  const endsPage = pages.length > 1 && pages.at(-1)?.every((run) => run.textContent === "");
  if (endsPage) pages.pop();
  const runs = pages.flatMap((page, i) =>
    i === 0 ? page : [make("span", { display: "block", "break-after": "page" }), ...page],
  );
  const css: Css = {
    ...runCss(child(properties, "rPr"), defaults),
    "text-align": alignments[attributeOf(child(properties, "jc")) ?? ""],
    "margin-top": twipsCss(spacing, "before"),
    "margin-bottom": twipsCss(spacing, "after"),
    "line-height": lineHeight(spacing, size),
    "text-indent":
      twipsCss(indent, "firstLine") ??
      (indent?.hasAttribute("w:hanging") ? points(-twips(indent, "hanging")) : undefined),
    "margin-left": twipsCss(indent, "left"),
    "margin-right": twipsCss(indent, "right"),
    "break-before": isOn(child(properties, "pageBreakBefore")) ? "page" : undefined,
    "break-after": endsPage ? "page" : isOn(child(properties, "keepNext")) ? "avoid" : undefined,
    "break-inside": isOn(child(properties, "keepLines")) ? "avoid" : undefined,
  };
  // A line without a text is as high as one with.
  return make("p", css, ...(runs.length > 0 ? runs : [make("br", {})]));
}

function cellOf(cell: Element, rowSpan: number, table: Element | undefined, defaults: Defaults): HTMLElement {
  const properties = child(cell, "tcPr");
  const margins = child(table, "tblCellMar");
  const inside = child(child(table, "tblBorders"), "insideH");
  const isLined = inside !== undefined && !/^(?:nil|none)$/.test(attributeOf(inside) ?? "");
  const line = isLined ? numberOf(inside, "sz") / 8 : 0;
  const td = make(
    "td",
    {
      border: isLined ? `${points(line)} solid ${colour(attributeOf(inside, "color")) ?? "#000"}` : undefined,
      "vertical-align": { center: "middle", bottom: "bottom" }[attributeOf(child(properties, "vAlign")) ?? ""] ?? "top",
      // Word's margins begin in the middle of the line.
      padding: `0 ${points(twips(child(margins, "right"), "w") - line / 2)} 0 ${points(twips(child(margins, "left"), "w") - line / 2)}`,
      "white-space": isOn(child(properties, "noWrap")) ? "nowrap" : undefined,
    },
    ...blocksOf(cell, defaults),
  );
  td.colSpan = numberOf(child(properties, "gridSpan"), "val") || 1;
  td.rowSpan = rowSpan;
  return td;
}

interface GridCell {
  readonly cell: Element;
  readonly from: number;
  /** Of a cell that goes on below: the first one, or one that it covers. */
  readonly merge: "first" | "covered" | undefined;
}

function gridOf(row: Element): GridCell[] {
  let from = 0;
  return childrenOf(row, "tc").map((cell) => {
    const properties = child(cell, "tcPr");
    const merged = child(properties, "vMerge");
    const place = { cell, from, merge: merged && (attributeOf(merged) === "restart" ? "first" : "covered") } as const;
    from += numberOf(child(properties, "gridSpan"), "val") || 1;
    return place;
  });
}

function tableOf(table: Element, defaults: Defaults): HTMLElement {
  const properties = child(table, "tblPr");
  const rows = childrenOf(table, "tr");
  const grid = rows.map(gridOf);
  const spanOf = ({ from, merge }: GridCell, row: number): number => {
    let span = 1;
    if (merge === "first")
      while (grid[row + span]?.some((each) => each.from === from && each.merge === "covered")) span += 1;
    return span;
  };
  const rowOf = (row: Element, i: number) => {
    const height = child(child(row, "trPr"), "trHeight");
    return make(
      "tr",
      { height: twipsCss(height, "val") },
      ...(grid[i] ?? []).flatMap((each) =>
        each.merge === "covered" ? [] : [cellOf(each.cell, spanOf(each, i), properties, defaults)],
      ),
    );
  };
  const isHead = (row: Element | undefined) => row !== undefined && isOn(child(child(row, "trPr"), "tblHeader"));
  const heads = rows.findIndex((row) => !isHead(row));
  const made = rows.map(rowOf);
  const own = childrenOf(child(table, "tblGrid"), "gridCol").map((column) => twips(column, "w"));
  const whole = own.reduce((sum, width) => sum + width, 0);
  // Half of the outer lines would lie outside the page's margins, where nothing is printed.
  const widths = own.map((width) => width * (1 - 1 / whole));
  return make(
    "table",
    {
      width: points(widths.reduce((sum, width) => sum + width, 0)),
      margin: attributeOf(child(properties, "jc")) === "center" ? "0 auto" : undefined,
    },
    make("colgroup", {}, ...widths.map((width) => make("col", { width: points(width) }))),
    ...(heads > 0 ? [make("thead", {}, ...made.slice(0, heads))] : []),
    make("tbody", {}, ...made.slice(Math.max(0, heads))),
  );
}

function blocksOf(container: Element | undefined, defaults: Defaults): HTMLElement[] {
  return [...(container?.children ?? [])].flatMap((block) => {
    if (block.localName === "p") return [paragraphOf(block, defaults)];
    if (block.localName === "tbl") return [tableOf(block, defaults)];
    return block.localName === "sdt" ? blocksOf(child(block, "sdtContent"), defaults) : [];
  });
}

/** A head or foot with one line of text: what stands between the marks of a field is what it came to when it was saved. */
function pageTexts(part: Element | undefined, defaults: Defaults): PageText[] {
  return childrenOf(part, "p").flatMap((paragraph): PageText[] => {
    const parts: PageText["parts"][number][] = [];
    const runs = [...paragraph.getElementsByTagName("w:r")];
    let isResult = false;
    for (const run of runs) {
      const mark = attributeOf(child(run, "fldChar"), "fldCharType");
      if (mark !== undefined) isResult = mark === "separate";
      const code = child(run, "instrText")?.textContent?.trim() ?? "";
      if (/^PAGE\b/.test(code)) parts.push({ count: "page" });
      else if (/^NUMPAGES\b/.test(code)) parts.push({ count: "pages" });
      else if (!isResult && textOf(run) !== "") parts.push(textOf(run));
    }
    if (parts.length === 0) return [];
    const properties = child(runs[0], "rPr");
    const align = attributeOf(child(child(paragraph, "pPr"), "jc"));
    const color = colour(attributeOf(child(properties, "color")));
    return [
      {
        side: align === "right" ? "right" : align === "center" ? "center" : "left",
        parts,
        size: halfPoints(properties) ?? defaults.size,
        font: fontStack(attributeOf(child(properties, "rFonts"), "eastAsia") ?? defaults.font),
        ...(color && { color }),
      },
    ];
  });
}

function frameOf(section: Element | undefined): PrintedPages["frame"] {
  const line = child(child(section, "pgBorders"), "top");
  if (!line) return undefined;
  // Of two lines the file names one.
  const isDouble = /double|thick/i.test(attributeOf(line) ?? "");
  const width = numberOf(line, "sz") / 8 + (isDouble ? 2 : 0);
  const style = `${isDouble ? "double" : "solid"} ${colour(attributeOf(line, "color")) ?? "#000"}`;
  return { space: numberOf(line, "space"), width, line: `${points(width)} ${style}` };
}

/** A word across every page, as 草稿: what is fixed stands on each of them. */
function markOf(header: Element | undefined): HTMLElement[] {
  const [shape] = [...(header?.getElementsByTagName("v:textpath") ?? [])].filter((each) => each.hasAttribute("string"));
  if (!shape) return [];
  return [
    make(
      "div",
      {
        position: "fixed",
        inset: "0",
        display: "grid",
        "place-items": "center",
        "font-family": fontStack("黑体"),
        "font-size": "140pt",
        color: "#e6b8b7",
        opacity: "0.5",
        transform: "rotate(-45deg)",
      },
      shape.getAttribute("string") ?? "",
    ),
  ];
}

/** @param parts XML by name, `word/document.xml` among them */
export function documentPages(parts: Readonly<Record<string, string>>): PrintedPages {
  const root = (name: string) => (parts[name] === undefined ? undefined : parse(parts[name]));
  const body = child(root("word/document.xml"), "body");
  if (!body) throw new Error("这个文件的正文读不出来，没有打印。请重新生成它，或用 WPS、Word 打开看看。");
  const section = child(body, "sectPr");
  const usual = child(child(child(root("word/styles.xml"), "docDefaults"), "rPrDefault"), "rPr");
  const defaults = { size: halfPoints(usual) ?? 10.5, font: attributeOf(child(usual, "rFonts"), "eastAsia") ?? "宋体" };
  const relations = childrenOf(root("word/_rels/document.xml.rels"), "Relationship");
  const partOf = (kind: string) => {
    const reference = childrenOf(section, kind).find((each) => attributeOf(each, "type") === "default");
    const id = reference?.getAttribute("r:id");
    const target = relations.find((each) => each.getAttribute("Id") === id)?.getAttribute("Target");
    return target ? root(`word/${target}`) : undefined;
  };
  const [size, edge] = [child(section, "pgSz"), child(section, "pgMar")];
  const margins = {
    top: twips(edge, "top"),
    right: twips(edge, "right"),
    bottom: twips(edge, "bottom"),
    left: twips(edge, "left"),
  };
  const header = partOf("headerReference");
  const frame = frameOf(section);
  return {
    width: twips(size, "w"),
    height: twips(size, "h"),
    margins,
    head: pageTexts(header, defaults),
    foot: pageTexts(partOf("footerReference"), defaults),
    ...(frame && { frame }),
    body: make("section", {}, ...markOf(header), ...blocksOf(body, defaults)),
  };
}
