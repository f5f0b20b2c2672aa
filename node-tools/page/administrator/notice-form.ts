/** A notice as a form: every value by the article that lays it down, made from the shape that `notice.json` is checked by. */
import type { Check, PlainKind, Shape } from "../../../apps-script/core/notice/json-shape.ts";
import type { Notice } from "../../../apps-script/core/notice/notice.ts";
import { noticeShape } from "../../../apps-script/core/notice/notice-shape.ts";

/** Where a value stands: keys, and positions in lists from 0. */
export type Steps = readonly (string | number)[];

export type FormNode =
  | {
      /** `texts`: several short ones, `long`: a sentence or more. */
      readonly kind: PlainKind | "texts" | "long";
      readonly steps: Steps;
      /** `教育局 → 城市` */
      readonly words: string;
      /** Of keys that people know by a label, by key: nobody types a key. */
      readonly labels?: ReadonlyMap<string, string>;
    }
  | {
      /** Of things of one kind: may grow and shrink. */
      readonly kind: "things";
      readonly steps: Steps;
      readonly words: string;
      readonly things: readonly (readonly FormNode[])[];
      /** No fewer may be left. */
      readonly least: number;
      /** What another one is to begin with. */
      readonly blank: unknown;
    };

/** Values that stand in one place of the notice. */
export interface FormPart {
  /** Where the place is written; undefined for what the notice does not lay down. */
  readonly article: Steps | undefined;
  readonly words: string;
  readonly nodes: readonly FormNode[];
}

export interface FormGroup {
  /** The article, or what is not laid down by one. */
  readonly title: string;
  readonly parts: readonly FormPart[];
}

/** As the checks name a place: `fields[0].roles.value`. */
export const pathOf = (steps: Steps): string =>
  steps.map((step, i) => (typeof step === "number" ? `[${step}]` : `${i === 0 ? "" : "."}${step}`)).join("");

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function valueAt(value: unknown, steps: Steps): unknown {
  let at = value;
  for (const step of steps)
    at = isObject(at) || Array.isArray(at) ? (at as Record<string | number, unknown>)[step] : undefined;
  return at;
}

/** The same with another value there. @param put undefined takes a key away */
export function withValue(value: unknown, steps: Steps, put: unknown): unknown {
  const [first, ...rest] = steps;
  if (first === undefined) return put;
  if (typeof first === "number") {
    const list = Array.isArray(value) ? [...value] : [];
    list[first] = withValue(list[first], rest, put);
    return list;
  }
  const { [first]: own, ...others } = isObject(value) ? value : {};
  const next = withValue(own, rest, put);
  if (next === undefined) return others;
  // A key that is there keeps its place.
  return isObject(value) && first in value ? { ...value, [first]: next } : { ...others, [first]: next };
}

function blankOf({ shape }: Check): unknown {
  switch (shape.kind) {
    case "object":
      return Object.fromEntries(Object.entries(shape.members).map(([key, [, check]]) => [key, blankOf(check)]));
    case "list":
      return Array.from({ length: shape.each.shape.kind === "object" ? shape.least : 0 }, () => blankOf(shape.each));
    case "record":
      return {};
    case "boolean":
      return false;
    default:
      return "";
  }
}

/** Names and words come first, what the notice leaves open last, its articles between in their order. */
const ownWords = "名称和用语";

interface Found {
  readonly title: string;
  readonly part: FormPart;
}

/** Of things that have a key and a label. */
function labelsIn(things: unknown): Map<string, string> {
  const labels = new Map<string, string>();
  for (const thing of Array.isArray(things) ? things : [])
    if (isObject(thing) && typeof thing.key === "string" && thing.key !== "")
      labels.set(thing.key, String(thing.label ?? ""));
  return labels;
}

class Collector {
  readonly found: Found[] = [];
  private readonly dimensions: ReadonlyMap<string, string>;

  constructor(private readonly notice: unknown) {
    this.dimensions = labelsIn(valueAt(notice, ["rubric", "dimensions"]));
  }

  /** The values below that stand under no article of their own. */
  collect({ shape }: Check, steps: Steps, words: readonly string[]): FormNode[] {
    switch (shape.kind) {
      case "object":
        return "article" in shape.members ? this.cite(shape, steps, words) : this.members(shape.members, steps, words);
      case "list":
        return this.list(shape, steps, words);
      case "record":
        return this.record(steps, words);
      default:
        return [{ kind: shape.kind, steps, words: words.join(" → "), ...this.knownBy(steps) }];
    }
  }

  /** The keys that stand there are those of dimensions. */
  private knownBy(steps: Steps): { readonly labels?: ReadonlyMap<string, string> } {
    const isDimension = /^rubric\.(items\[\d+\]\.dimension|tieOrder)$/.test(pathOf(steps));
    return isDimension ? { labels: this.dimensions } : {};
  }

  private members(
    members: Extract<Shape, { kind: "object" }>["members"],
    steps: Steps,
    words: readonly string[],
  ): FormNode[] {
    return Object.entries(members).flatMap(([key, [name, check]]) => {
      // A value and its article have one name together.
      const own = key === "value" ? words : [...words, name];
      return this.collect(check, [...steps, key], own);
    });
  }

  private cite({ members }: Extract<Shape, { kind: "object" }>, steps: Steps, words: readonly string[]): FormNode[] {
    const { article: _, ...others } = members;
    const article = valueAt(this.notice, [...steps, "article"]);
    const nodes = this.members(others, steps, words);
    this.found.push({
      title: typeof article === "string" ? article.trim() : "",
      part: { article: [...steps, "article"], words: words.join(" → "), nodes },
    });
    return [];
  }

  private list({ each, least }: Extract<Shape, { kind: "list" }>, steps: Steps, words: readonly string[]): FormNode[] {
    if (each.shape.kind !== "object")
      return [{ kind: "texts", steps, words: words.join(" → "), ...this.knownBy(steps) }];
    const value = valueAt(this.notice, steps);
    const things = (Array.isArray(value) ? value : []).map((thing, i) => {
      const label =
        isObject(thing) && typeof thing.label === "string" && thing.label !== "" ? thing.label : `第 ${i + 1} 个`;
      return this.collect(each, [...steps, i], [...words, label]);
    });
    return [{ kind: "things", steps, words: words.join(" → "), things, least, blank: blankOf(each) }];
  }

  /** The criteria: a text for each item of the rubric, and those that are left of items that are gone. */
  private record(steps: Steps, words: readonly string[]): FormNode[] {
    const labels = labelsIn(valueAt(this.notice, ["rubric", "items"]));
    const value = valueAt(this.notice, steps);
    const keys = new Set([...labels.keys(), ...(isObject(value) ? Object.keys(value) : [])]);
    return [...keys].map((key) => ({
      kind: "long",
      steps: [...steps, key],
      words: [...words, labels.get(key) || key].join(" → "),
    }));
  }
}

const numerals = "一二三四五六七八九十";

/** Articles of the notice itself before those of its annexes. */
function orderOf(title: string): number {
  const numeral = numerals.indexOf(title.charAt(0));
  const annex = /^附件(\d+)/.exec(title)?.[1];
  return numeral >= 0 ? numeral : annex === undefined ? 900 : 100 + Number(annex);
}

/** The form of a notice, or of what is to become one. */
export function groupNotice(notice: unknown): FormGroup[] {
  const { shape } = noticeShape;
  if (shape.kind !== "object") return [];
  const collector = new Collector(notice);
  const names: FormNode[] = [];
  const open: FormGroup[] = [];
  for (const [key, [words, check]] of Object.entries(shape.members)) {
    const isOpen = key === ("defaults" satisfies keyof Notice);
    const nodes = collector.collect(check, [key], isOpen ? [] : [words]);
    if (isOpen) open.push({ title: words, parts: [{ article: undefined, words: "", nodes }] });
    else names.push(...nodes);
  }
  const titles = [...new Set(collector.found.map(({ title }) => title))].sort((a, b) => orderOf(a) - orderOf(b));
  return [
    { title: ownWords, parts: [{ article: undefined, words: "", nodes: names }] },
    ...titles.map((title) => ({
      title,
      parts: collector.found.filter((each) => each.title === title).map(({ part }) => part),
    })),
    ...open,
  ];
}

/** Every place of the form that a fault may be told beside. */
export function pathsOf(groups: readonly FormGroup[]): Set<string> {
  const paths = new Set<string>();
  const add = (node: FormNode) => {
    paths.add(pathOf(node.steps));
    if (node.kind === "things") for (const thing of node.things) thing.forEach(add);
  };
  for (const { parts } of groups)
    for (const { article, nodes } of parts) {
      if (article) paths.add(pathOf(article));
      nodes.forEach(add);
    }
  return paths;
}

export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * What somebody has typed, as the notice holds it; what is no number stays as it was typed, to be told.
 * @param labels as in `FormNode`
 */
export function readTyped(kind: FormNode["kind"], typed: string, labels?: ReadonlyMap<string, string>): unknown {
  if (kind === "texts") {
    const keys = new Map([...(labels ?? [])].map(([key, label]) => [label, key]));
    return typed
      .split(/[、，,；;\n]/)
      .map((text) => text.trim())
      .filter((text) => text !== "")
      .map((text) => keys.get(text) ?? text);
  }
  if (kind !== "number") return kind === "long" && typed.trim() === "" ? undefined : typed;
  return typed.trim() !== "" && Number.isFinite(Number(typed)) ? Number(typed) : typed;
}

/** A value as it stands in its field. @param labels as in `FormNode` */
export function writeTyped(value: unknown, labels?: ReadonlyMap<string, string>): string {
  if (Array.isArray(value)) return value.map((each) => labels?.get(String(each)) || String(each)).join("、");
  return value === undefined || value === null ? "" : labels?.get(String(value)) || String(value);
}
