import type { TagTree } from "../../apps-script/core/exports/forms/form.ts";

/** A piece of a template in which tags are written: a paragraph or a cell. */
export interface PlacedText {
  /** In words: `正文第 3 段`, `工作表「附件6」单元格 B5`. */
  readonly place: string;
  readonly text: string;
  /** The table or text box that it stands in; none outside. What is repeated begins and ends in the same one. */
  readonly container?: string;
}

export interface TagCheck {
  /** In Chinese, each with its place and remedy; none when the template can be filled. */
  readonly problems: readonly string[];
  /** Tags of the form that the template does not use. */
  readonly unused: readonly string[];
}

type Token =
  | { readonly kind: "open" | "close" | "value"; readonly name: string }
  | { readonly kind: "broken"; readonly problem: string };

const excerptLength = 16;

function excerpt(text: string, at: number): string {
  const start = Math.max(0, at - 4);
  const piece = text.slice(start, start + excerptLength).replace(/\s+/g, " ");
  return `${start > 0 ? "…" : ""}${piece}${start + excerptLength < text.length ? "…" : ""}`;
}

/** Tags in the order in which they stand; a brace without its partner becomes a problem with its place. */
function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === "｛" || character === "｝") {
      const problem = `“${excerpt(text, at)}”用了全角花括号，请改成半角的 { }`;
      tokens.push({ kind: "broken", problem });
      const end = text.slice(at).search(/[｝}]/);
      at += Math.max(1, end + 1);
      continue;
    }
    if (character === "}") {
      tokens.push({ kind: "broken", problem: `“${excerpt(text, at)}”有 } 而前面没有 {，请补上或删去` });
    }
    if (character !== "{") {
      at += 1;
      continue;
    }
    const length = text.slice(at + 1).search(/[{}｛｝]/);
    const end = at + 1 + length;
    if (length < 0 || text[end] !== "}") {
      const remedy = length >= 0 && text[end] === "｝" ? "请把后面的全角 ｝ 改成半角的 }" : "请补上 }";
      tokens.push({ kind: "broken", problem: `“${excerpt(text, at)}”的 { 没有写完，${remedy}` });
      at = length < 0 ? text.length : text[end] === "｝" ? end + 1 : end;
      continue;
    }
    tokens.push(readTag(text.slice(at + 1, end)));
    at = end + 1;
  }
  return tokens;
}

function readTag(inside: string): Token {
  const text = inside.trim();
  const kind = /^[#＃]/.test(text) ? "open" : /^[/／]/.test(text) ? "close" : "value";
  const name = kind === "value" ? text : text.slice(1).trim();
  if (/^[＃／]/.test(text)) return { kind: "broken", problem: `{${text}} 的 ${text[0]} 是全角的，请改成半角` };
  if (name === "") return { kind: "broken", problem: `{${inside}} 里没有写标签的名称` };
  return { kind, name };
}

/** Number of single-character changes from one word to the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      next.push(Math.min((row[j] ?? 0) + (a[i] === b[j] ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Where each tag of the form belongs: the repeated parts around it, from outside to inside. */
function pathsOf(tags: TagTree, around: readonly string[] = []): { name: string; around: readonly string[] }[] {
  return Object.entries(tags).flatMap(([name, inside]) => [
    { name, around },
    ...(typeof inside === "string" ? [] : pathsOf(inside, [...around, name])),
  ]);
}

function lastIndex<T>(items: readonly T[], test: (item: T) => boolean): number {
  let at = items.length - 1;
  while (at >= 0 && !test(items[at] as T)) at -= 1;
  return at;
}

interface Scope {
  readonly name: string;
  readonly tags: TagTree;
  readonly place: string;
  readonly container: string;
}

class Checker {
  readonly problems: string[] = [];
  readonly #used = new Set<string>();
  #scopes: Scope[] = [];

  constructor(private readonly tags: TagTree) {}

  checkPart(texts: readonly PlacedText[]): void {
    this.#scopes = [{ name: "", tags: this.tags, place: "", container: "" }];
    for (const { place, text, container = "" } of texts) {
      for (const token of readTokens(text)) {
        const problem = this.#take(token, place, container);
        if (problem !== undefined) this.problems.push(`${place}：${problem}`);
      }
    }
    for (const { name, place } of this.#scopes.slice(1)) {
      this.problems.push(`${place}：{#${name}} 没有结束，请在要重复的内容之后写上 {/${name}}`);
    }
  }

  unusedTags(): { name: string; isLoop: boolean }[] {
    return pathsOf(this.tags).flatMap(({ name, around }) => {
      const path = [...around, name].join("/");
      // What stands in a part that is missing itself is missing with it.
      if (this.#used.has(path) || around.some((_, i) => !this.#used.has(around.slice(0, i + 1).join("/")))) return [];
      const isLoop = typeof around.reduce<TagTree>((t, n) => t[n] as TagTree, this.tags)[name] !== "string";
      return [{ name, isLoop }];
    });
  }

  #take(token: Token, place: string, container: string): string | undefined {
    if (token.kind === "broken") return token.problem;
    if (token.kind === "close") return this.#close(token.name, container);
    const depth = this.#find(token.name);
    if (depth < 0) return this.#explainUnknown(token.name, token.kind);
    const inside = this.#scopes[depth]?.tags[token.name];
    this.#used.add([...this.#scopes.slice(1, depth + 1).map((s) => s.name), token.name].join("/"));
    if (token.kind === "value") {
      return typeof inside === "string"
        ? undefined
        : `{${token.name}} 代表要重复的内容，应写成 {#${token.name}}…{/${token.name}}`;
    }
    if (inside === undefined || typeof inside === "string") {
      return `{#${token.name}} 不是要重复的内容，应写成 {${token.name}}`;
    }
    this.#scopes.push({ name: token.name, tags: inside, place, container });
    return undefined;
  }

  #close(name: string, container: string): string | undefined {
    const open = this.#scopes.at(-1);
    if (this.#scopes.length > 1 && open?.name === name) {
      this.#scopes.pop();
      if (open.container === container) return undefined;
      return `{#${name}} 写在${open.place}，与 {/${name}} 不在一处：两个应写在同一个表格的行里，或都写在表格和文本框之外`;
    }
    const at = lastIndex(this.#scopes, (s) => s.name === name);
    if (at < 0) return `{/${name}} 前面没有 {#${name}}，请补上或删去`;
    for (const inner of this.#scopes.splice(at).slice(1)) {
      this.problems.push(`${inner.place}：{#${inner.name}} 没有结束，请在 {/${name}} 之前写上 {/${inner.name}}`);
    }
    return undefined;
  }

  /** How deep the scope lies that has the tag; the innermost counts. */
  #find(name: string): number {
    return lastIndex(this.#scopes, (s) => Object.hasOwn(s.tags, name));
  }

  #explainUnknown(name: string, kind: "open" | "value"): string {
    const written = kind === "open" ? `{#${name}}` : `{${name}}`;
    const elsewhere = pathsOf(this.tags).find((p) => p.name === name);
    if (elsewhere) {
      const around = elsewhere.around.at(-1) ?? "";
      return `${written} 只能写在 {#${around}} 与 {/${around}} 之间`;
    }
    const holds = (a: string, b: string) => name.length > 1 && a.includes(b);
    const near = pathsOf(this.tags)
      .map((p) => ({
        name: p.name,
        distance: holds(p.name, name) || holds(name, p.name) ? 1 : distance(p.name, name),
      }))
      .sort((a, b) => a.distance - b.distance)[0];
    const hint = near && near.distance <= Math.max(1, Math.floor(name.length / 2)) ? `，是不是“${near.name}”？` : "";
    return `没有 ${written} 这个标签${hint}`;
  }
}

/**
 * Finds everything that is wrong with the tags of a template at once.
 * @param parts texts in reading order; a repeated part ends where it began: in the body, in one header, on one sheet
 */
export function checkTags(parts: readonly (readonly PlacedText[])[], tags: TagTree): TagCheck {
  const checker = new Checker(tags);
  for (const texts of parts) checker.checkPart(texts);
  const unused = checker.unusedTags();
  const lost = unused.filter((u) => u.isLoop).map((u) => `缺少 {#${u.name}}…{/${u.name}}：没有它，内容无处可填`);
  return {
    problems: [...checker.problems, ...lost],
    unused: unused.filter((u) => !u.isLoop).map((u) => `{${u.name}}`),
  };
}

/** The known tags as people write them, one a line, those of a repeated part indented under it. */
export function listTags(tags: TagTree, indent = "  "): string[] {
  return Object.entries(tags).flatMap(([name, inside]) =>
    typeof inside === "string"
      ? [`${indent}{${name}}　${inside}`]
      : [`${indent}{#${name}} … {/${name}}　重复，其中可用：`, ...listTags(inside, `${indent}    `)],
  );
}
