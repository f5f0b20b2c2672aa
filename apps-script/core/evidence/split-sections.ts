import type { SectionKey } from "../notice/notice.ts";

/** Headings of 附件5 as people leave them: renumbered, with or without the hint in brackets, a word or two changed. */
const headings: readonly (readonly [SectionKey | "end", RegExp])[] = [
  ["summary", /^(?:案例)?(?:内容)?概[要述]/],
  ["innovation", /^(?:案例的?)?特色(?:与|和|及|、)创新(?:之处|点)?/],
  ["process", /^(?:案例的?)?研究(?:和|与|及|、)实践的?过程/],
  ["application", /^(?:案例的?)?应用(?:情况|成效)(?:及|和|与|、)推广(?:应用)?价值/],
  ["end", /^(?:案例的?)?支撑材料(?:清单|目录)?/],
];
const NUMBER = /^[\s#*]*[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]?\s*[.．、:：]?\s*/;
const HINT = /^\s*[(（【[][^()（）【】[\]]*[)）】\]]/;
/** What may stand behind a heading: nothing, or a colon and the text itself. */
const BEHIND = /^\s*(?:[:：]|$)/;

interface Heading {
  readonly key: SectionKey | "end";
  /** What follows on the same line. */
  readonly rest: string;
}

function matchHeading(line: string): Heading | undefined {
  const bare = line.replace(NUMBER, "").trimStart();
  for (const [key, pattern] of headings) {
    const name = pattern.exec(bare)?.[0];
    if (name === undefined) continue;
    const behind = bare.slice(name.length);
    const hint = HINT.exec(behind)?.[0];
    const rest = behind.slice(hint?.length ?? 0);
    if (hint === undefined && !BEHIND.test(rest)) return undefined;
    return { key, rest: rest.replace(/^\s*[:：]/, "").trim() };
  }
  return undefined;
}

/**
 * The sections of a document that follows 附件5, by their headings; a section that has no heading is not there, one with
 * a heading and nothing below it is "". What stands before the first heading and from 支撑材料清单 on is in none.
 *
 * @param paragraphs visible text in reading order; a paragraph may hold line breaks
 */
export function splitSections(paragraphs: readonly string[]): ReadonlyMap<SectionKey, string> {
  const lines = new Map<SectionKey, string[]>();
  let current: string[] | undefined;
  for (const line of paragraphs.flatMap((paragraph) => paragraph.split("\n"))) {
    const heading = matchHeading(line);
    if (heading === undefined) {
      current?.push(line);
      continue;
    }
    if (heading.key === "end") {
      current = undefined;
      continue;
    }
    current = lines.get(heading.key) ?? [];
    lines.set(heading.key, current);
    if (heading.rest !== "") current.push(heading.rest);
  }
  return new Map([...lines].map(([key, section]) => [key, section.join("\n").trim()]));
}
