/**
 * What a cell shows of a number under a number format (ECMA-376 part 1, 18.8.31), as far as identifiers need it: padding,
 * prefixes and suffixes, signs, separators, decimals, sections with and without conditions.
 */

/** The text; null where programs differ. */
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
  /** Thousands are separated. */
  readonly grouped: boolean;
  /** A mantissa and an exponent. */
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
  let [percent, grouped, scientific] = [false, false, false];
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
      grouped = true;
    } else if (other === undefined || /[A-Za-z/]/.test(other)) return undefined;
    else literal(other);
  }
  if (tokens.filter(({ kind }) => kind === "point").length > 1) return undefined;
  return { tokens, condition: when, percent, grouped, scientific };
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

function write({ tokens, percent, grouped, scientific }: Section, value: number): string | null {
  if (scientific) return value.toExponential().replace("e", "E");
  const sign = value < 0 ? "-" : "";
  const size = Math.abs(percent ? Number((value * 100).toPrecision(15)) : value);
  if (tokens.some(({ kind }) => kind === "general")) {
    if (tokens.some(({ kind }) => kind === "digit" || kind === "point")) return null;
    return sign + tokens.map((token) => (token.kind === "literal" ? token.text : String(size))).join("");
  }
  if (!tokens.some(({ kind }) => kind === "digit")) return value < 0 ? null : literals(tokens);
  const point = tokens.findIndex(({ kind }) => kind === "point");
  const whole = point < 0 ? tokens : tokens.slice(0, point);
  const behind = point < 0 ? [] : tokens.slice(point + 1);
  const places = behind.filter(({ kind }) => kind === "digit").length;
  // Half is rounded up, and a number that is no exact binary fraction as its decimals say.
  const [digits = "", decimals = ""] = Number(`${Math.round(Number(`${size}e${places}`))}e-${places}`)
    .toFixed(places)
    .split(".");
  const written = writeWhole(whole, digits.replace(/^0+/, ""), grouped);
  return written === null ? null : sign + written + (point < 0 ? "" : writeDecimals(behind, decimals));
}

function literals(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.kind === "literal" ? token.text : "")).join("");
}

/** Digits from the right into their places; those for which there is no place stand in the first. */
function writeWhole(tokens: readonly Token[], digits: string, grouped: boolean): string | null {
  const first = tokens.findIndex(({ kind }) => kind === "digit");
  const last = tokens.map(({ kind }) => kind).lastIndexOf("digit");
  if (grouped && tokens.slice(first, last + 1).some(({ kind }) => kind !== "digit")) return null;
  let left = digits;
  let [text, written] = ["", 0];
  tokens.reduceRight((_, token, i) => {
    if (token.kind === "literal") text = token.text + text;
    if (token.kind !== "digit") return undefined;
    const taken = i === first ? left : left.slice(-1);
    left = i === first ? "" : left.slice(0, -1);
    const filler = token.placeholder === "0" ? "0" : token.placeholder === "?" ? " " : "";
    for (const digit of [...(taken === "" ? filler : taken)].reverse()) {
      if (grouped && written > 0 && written % 3 === 0 && digit !== " ") text = `,${text}`;
      text = digit + text;
      written += 1;
    }
    return undefined;
  }, undefined);
  return text;
}

function writeDecimals(tokens: readonly Token[], decimals: string): string {
  const places = tokens.flatMap((token) => (token.kind === "digit" ? [token.placeholder] : []));
  let shown = decimals.length;
  while (shown > 0 && places[shown - 1] === "#" && decimals[shown - 1] === "0") shown -= 1;
  let at = 0;
  const text = tokens.map((token) => {
    if (token.kind === "literal") return token.text;
    at += 1;
    return at <= shown ? (decimals[at - 1] ?? "") : "";
  });
  return (shown === 0 && places.length > 0 ? "" : ".") + text.join("");
}
