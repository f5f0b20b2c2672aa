/**
 * What a cell shows of a number under a number format (ECMA-376 part 1, 18.8.31), as far as identifiers need it: padding,
 * prefixes and suffixes, signs, sections with and without conditions. Thousands separators and decimals that are all
 * zero are left out: they are how a program writes a number, and no part of what it numbers.
 */

/** The text; null where programs differ or digits would be lost. */
type Show = (value: number) => string | null;

const known = new Map<string, Show>();

/** What a cell shows; null where that is not certain. Dates and times are no business of this. */
export function showNumber(value: number, format: string): string | null {
  let show = known.get(format);
  if (!show) {
    show = compile(format);
    known.set(format, show);
  }
  return show(value);
}

type Token =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "digit"; readonly placeholder: string }
  | { readonly kind: "point" }
  | { readonly kind: "general" };

interface Section {
  readonly tokens: readonly Token[];
  readonly condition: ((value: number) => boolean) | undefined;
  readonly percent: boolean;
  /** A mantissa and an exponent: the digits of the number are the same. */
  readonly scientific: boolean;
}

const piece =
  /"([^"]*)"|\\([\s\S])|_([\s\S])|\*([\s\S])|\[([^\]]*)\]|(General|G\/通用格式)|([Ee][+-])|([0#?])|([.,%@])|([\s\S])/giu;
const colour = /^(?:black|blue|cyan|green|magenta|red|white|yellow|[黑蓝青绿红白黄]色|洋红|(?:color|颜色) ?\d+)$/i;
const comparison = /^(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)$/;

const compare: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "=": (a, b) => a === b,
  "<>": (a, b) => a !== b,
};

function compile(format: string): Show {
  const sections = splitSections(format).map(readSection);
  return (value) => {
    const chosen = choose(sections, value);
    return chosen ? write(chosen.section, chosen.value) : null;
  };
}

function splitSections(format: string): string[] {
  const sections = [""];
  for (const [part] of format.matchAll(/"[^"]*"|\\[\s\S]|[_*][\s\S]|\[[^\]]*\]|[\s\S]/gu)) {
    if (part === ";") sections.push("");
    else sections[sections.length - 1] += part;
  }
  return sections;
}

/** undefined where the section holds what programs read differently. */
function readSection(text: string): Section | undefined {
  const tokens: Token[] = [];
  let [percent, scientific] = [false, false];
  let when: Section["condition"];
  const literal = (shown: string) => tokens.push({ kind: "literal", text: shown });
  for (const match of text.matchAll(piece)) {
    const [, quoted, escaped, blank, fill, bracketed, general, exponent, placeholder, sign, other] = match;
    if (quoted !== undefined) literal(quoted);
    else if (escaped !== undefined) literal(escaped);
    else if (blank !== undefined) literal(" ");
    else if (fill !== undefined) {
      if (fill !== " ") return undefined;
    } else if (bracketed !== undefined) {
      const [, operator = "", limit] = comparison.exec(bracketed) ?? [];
      const currency = /^\$([^-]*)/.exec(bracketed);
      if (limit !== undefined) when = (value) => compare[operator]?.(value, Number(limit)) === true;
      else if (currency) literal(currency[1] ?? "");
      else if (!colour.test(bracketed)) return undefined;
    } else if (general !== undefined || sign === "@") tokens.push({ kind: "general" });
    else if (exponent !== undefined) scientific = true;
    else if (placeholder !== undefined) tokens.push({ kind: "digit", placeholder });
    else if (sign === ".") tokens.push({ kind: "point" });
    else if (sign === "%") {
      percent = true;
      literal("%");
    } else if (sign === ",") {
      // Between digits it groups them; behind them it hides thousands.
      if (!/^[0#?]/.test(text.slice((match.index ?? 0) + 1))) return undefined;
    } else if (other === undefined || /[A-Za-z/]/.test(other)) return undefined;
    else literal(other);
  }
  if (tokens.filter(({ kind }) => kind === "point").length > 1) return undefined;
  return { tokens, condition: when, percent, scientific };
}

function choose(
  sections: readonly (Section | undefined)[],
  value: number,
): { section: Section; value: number } | undefined {
  const of = (section: Section | undefined, shown: number) => section && { section, value: shown };
  const conditional = sections.some((section) => section?.condition);
  if (sections.length > 4 || (conditional && value < 0)) return undefined;
  if (!conditional) {
    if (value < 0 && sections.length > 1) return of(sections[1], -value);
    return of(sections[value === 0 && sections.length > 2 ? 2 : 0], value);
  }
  const judged = sections.slice(0, 3);
  // Without a condition of its own the second of three stands for what is negative, and the last for the rest.
  const fitting = judged.find(
    (section, i) => section?.condition?.(value) ?? (i > 0 && i === judged.length - 1 && section !== undefined),
  );
  return of(fitting, value);
}

function write({ tokens, condition, percent, scientific }: Section, value: number): string | null {
  if (scientific) return plain(value);
  const sign = value < 0 ? "-" : "";
  const size = Math.abs(percent ? Number((value * 100).toPrecision(15)) : value);
  if (tokens.some(({ kind }) => kind === "general")) {
    const number = plain(size);
    if (number === null || tokens.some(({ kind }) => kind === "digit" || kind === "point")) return null;
    return sign + tokens.map((token) => (token.kind === "literal" ? token.text : number)).join("");
  }
  // A word in the place of all numbers tells none from another.
  if (!tokens.some(({ kind }) => kind === "digit"))
    return value === 0 || condition ? writeLiterals(tokens, sign) : null;
  const point = tokens.findIndex(({ kind }) => kind === "point");
  const whole = point < 0 ? tokens : tokens.slice(0, point);
  const behind = point < 0 ? [] : tokens.slice(point + 1);
  const places = behind.filter(({ kind }) => kind === "digit").length;
  const [digits = "", decimals = ""] = size.toFixed(places).split(".");
  if (Number(`${digits}.${decimals || "0"}`) !== Number(size.toPrecision(15))) return null;
  const tail = writeDecimals(behind, decimals);
  if (tail === null) return null;
  return sign + writeWhole(whole, digits.replace(/^0+/, "")) + tail;
}

function plain(value: number): string | null {
  const text = String(value);
  return text.includes("e") ? null : text;
}

function writeLiterals(tokens: readonly Token[], sign: string): string {
  return sign + tokens.map((token) => (token.kind === "literal" ? token.text : "")).join("");
}

/** Digits from the right into their places; those for which there is no place stand in the first. */
function writeWhole(tokens: readonly Token[], digits: string): string {
  let left = digits;
  let places = tokens.filter(({ kind }) => kind === "digit").length;
  let text = "";
  for (const token of [...tokens].reverse()) {
    if (token.kind === "literal") text = token.text + text;
    if (token.kind !== "digit") continue;
    places -= 1;
    const taken = places === 0 ? left : left.slice(-1);
    left = places === 0 ? "" : left.slice(0, -1);
    const filler = token.placeholder === "0" ? "0" : token.placeholder === "?" ? " " : "";
    text = (taken === "" ? filler : taken) + text;
  }
  return text;
}

function writeDecimals(tokens: readonly Token[], decimals: string): string | null {
  const last = tokens.map(({ kind }) => kind).lastIndexOf("digit");
  const after = writeLiterals(tokens.slice(last + 1), "");
  if (/^0*$/.test(decimals)) return after;
  const places = tokens.slice(0, last + 1);
  if (places.some(({ kind }) => kind !== "digit")) return null;
  let text = decimals;
  for (const token of [...places].reverse()) {
    if (token.kind !== "digit" || token.placeholder !== "#" || !text.endsWith("0")) break;
    text = text.slice(0, -1);
  }
  return `.${text}${after}`;
}
