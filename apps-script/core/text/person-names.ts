/** The people in a name cell: which of its characters are names, and how many people they are. */
import { CJK_PATTERN, removeInvisible } from "./characters.ts";
import { cleanName, foldForComparison, toHalfWidth } from "./clean.ts";
import { isPersonRole, isSchoolName, personRoles, sexesAndPeoples } from "./person-words.ts";
import { isPlaceholder } from "./placeholder.ts";
import { hasPlainSurname, isCompoundSurname, isSurname, isTransliterated, surnameLength } from "./surnames.ts";

interface NamedPerson {
  readonly name: string;
  /** What stood in brackets behind the name: a unit, a former name, a role. */
  readonly note: string;
}

interface CellPeople {
  readonly people: readonly NamedPerson[];
  /** The cell also means people whom it does not name: 张三等 3 人, 张三团队. */
  readonly others: boolean;
}

const nobody: CellPeople = { people: [], others: false };

const HAN = new RegExp(`^${CJK_PATTERN}+$`);
const HOLDS_HAN = new RegExp(CJK_PATTERN);
const ONE_HAN = new RegExp(`^${CJK_PATTERN}$`);
const COMMON_NAME = /^[\u4e00-\u9fff]{2,3}$/;

/** Between people whatever stands beside it; spaces, dots and 和 may also be part of a name. */
const SEPARATOR = /[、﹑､，,;；:：/／|｜\\&＆+＋\n\r\v\f\u0085\u2028\u2029。؛]|以及|及其|及(?=全体|其他)/;
/** Any other mark between two characters of names. */
const BETWEEN_HAN = new RegExp(`(${CJK_PATTERN}) *([^\\sA-Za-z0-9]) *(?=${CJK_PATTERN})`, "g");
const DOTS = /[·•‧∙⋅・･．.\u2010-\u2015\u2212\u2500\uff0d-]/;
const DOTS_OF_NAMES = /[·•‧∙⋅・･]/;

const BETWEEN_QUOTES = /[”"』’] *[“"『‘]/g;
const BRACKETED =
  /\(([^()]*)\)|\[([^[\]]*)\]|【([^【】]*)】|〔([^〔〕]*)〕|{([^{}]*)}|<([^<>]*)>|《([^《》]*)》|「([^「」]*)」/;
const OPEN_BRACKET = /[([【〔{<《「](?:[^、，,;；/|\n)\]】〕}>》」]*)/g;
const CLOSE_BRACKET = /[)\]】〕}>》」]/g;
const NUMERAL = /^(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[①-⑳])$/;
const ENCLOSED_NUMBERS = /[\u2460-\u249b\u24eb-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289]/g;
const FIRST_NUMBER = /^\s*(?:no\.?\s*)?\d{1,2}\s*[.、,):．]\s*(?!\d)/i;
const NUMBERS = /(^|[^\d])\d{1,2}\s*[.、,):．]\s*(?![\d\s]|$)/g;
const NUMBER_BEFORE_NAME = new RegExp(`(^|[^\\dA-Za-z])\\d{1,2}\\s*[.)．]\\s*(?=${CJK_PATTERN})`, "g");
const GLUED_NUMBER = new RegExp(`^\\d{1,2}\\s*(?=${CJK_PATTERN})`);
const NUMBERED = /(?:^|[^\d])\d{1,2} *$/;
const CHINESE_NUMERALS = "一二三四五六七八九十";

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const LONG_NUMBER = /[A-Za-z]{0,4}[\d-]{5,}[Xx]?/g;
const MARKS_AROUND =
  /^[\s·•.．,，。、;；:：*＊★☆#＃"'“”‘’`~!！?？_=<>《》—–…/\\|-]+|[\s·•．,，。、;；:：*＊★☆#＃"'“”‘’`~!！?？_=<>《》—–…/\\|-]+$/g;

const MORE_PEOPLE =
  /(?:及其?|和|与|、)?(?:全体(?:教师|老师|成员|人员)?|其他(?:成员|教师|老师|人员)?|(?:名师|名班主任|名校长)?(?:工作室|工作坊)(?:成员|团队)?|(?:核心|教学|研究|项目|课题|教师)?(?:团队|课题组|项目组|备课组|教研组|课题小组)(?:成员|全体成员)?|等 ?(?:共 ?)?(?:\d+|[二两三四五六七八九十几多]+) ?[人名位]?(?:教师|老师)?|等(?:人|老师|教师|同志|多人|几人))$/;
const MORE_PEOPLE_ALONE =
  /^(?:其他|全体|团队|核心团队|课题组|项目组|备课组|教研组)(?:团队|成员|教师|老师|人员)*$|^等(?: ?\d* ?[人名].*)?$/;
/** 王平等 is a name, 张三丰等 is not. */
const AND_SO_ON = new RegExp(`^(${CJK_PATTERN}{2,}[^平同高何上优均相初])等$`);
const CONJUNCTION = /[和与及暨跟]/;

/** A piece of a cell between hard separators; notes are held by characters of the private area. */
const NOTE_START = 0xe000;
const NOTE_CHARACTER = /[\ue000-\ue0ff]/g;

const length = (s: string) => [...s].length;

const isHanName = (s: string): boolean => {
  const surname = surnameLength(s);
  const size = length(s);
  if (!HAN.test(s) || surname === 0) return false;
  if (surname === 2) return size >= 3 && size <= 4;
  return size === 2 || size === 3 || (size === 4 && isSurname(s.charAt(1)));
};

/** Two or three characters that could be anybody. */
const isShortName = (s: string) => HAN.test(s) && (length(s) === 2 || length(s) === 3) && !isCompoundSurname(s);

/** 买买提·艾力 */
const isDotted = (s: string) => DOTS_OF_NAMES.test(s) && s.split(DOTS_OF_NAMES).every((part) => HAN.test(part));

/** Whether this cannot be less than a whole name. */
function isWholeName(s: string): boolean {
  if (isDotted(s)) return true;
  if (!HAN.test(s) || isCompoundSurname(s)) return false;
  return isHanName(s) || isShortName(s) || (isTransliterated(s) && length(s) >= 3);
}

/** 张三和李四; undefined where 和 belongs to a name. */
function splitAtConjunction(token: string): string[] | undefined {
  for (let at = 2; at < token.length - 2; at++) {
    if (!CONJUNCTION.test(token.charAt(at))) continue;
    const [left, right] = [withoutRoles(token.slice(0, at)), withoutRoles(token.slice(at + 1))];
    if (!isWholeName(left)) continue;
    const rest = splitAtConjunction(right) ?? (isWholeName(right) ? [right] : undefined);
    if (rest === undefined) continue;
    const sides = [left, ...rest];
    const isForeign = (name: string) => isDotted(name) || isTransliterated(name);
    if (sides.some((name) => isHanName(name) && !isForeign(name)) || !sides.some(isForeign)) return sides;
  }
  return undefined;
}

/** 张三·李四; undefined where the dots stand between the parts of one name. */
function splitAtDots(token: string): string[] | undefined {
  const parts = token.split(DOTS).map((part) => part.trim());
  if (parts.length < 2 || parts.some((part) => !isHanName(part))) return undefined;
  if (parts.every(hasPlainSurname)) return parts;
  if (parts.some(isTransliterated)) return undefined;
  const enough = DOTS_OF_NAMES.test(token) ? 4 : 3;
  return parts.length >= enough ? parts : undefined;
}

/** `李 四光` is one token, `张三 李四` are two. */
function joinSpacedNames(tokens: readonly string[]): string[] {
  const joined: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    let token = tokens[i] as string;
    const next = () => tokens[i + 1] ?? "";
    if (ONE_HAN.test(token)) {
      while (ONE_HAN.test(next())) token += tokens[++i];
      if (length(token) === 1 && isSurname(token) && HAN.test(next()) && length(next()) === 2) token += tokens[++i];
    } else if (isCompoundSurname(token) && HAN.test(next()) && length(next()) <= 2) token += tokens[++i];
    joined.push(token);
  }
  return joined;
}

/** Groups what spaces part: each native name is a person, and so are the parts of a transliterated one together. */
function splitAtSpaces(tokens: readonly string[]): string[] {
  const joined = joinSpacedNames(tokens);
  if (joined.length === 1 || joined.some((token) => length(token) < 2)) return [joined.join("")];
  const people: string[] = [];
  let run: string[] = [];
  const close = () => {
    if (run.some(isTransliterated)) people.push(run.join("·"));
    else people.push(...run);
    run = [];
  };
  const severalDotted = joined.filter(isDotted).length > 1;
  for (const token of joined) {
    if ((hasPlainSurname(token) && !isTransliterated(token)) || (severalDotted && isDotted(token))) {
      close();
      people.push(token);
    } else run.push(token);
  }
  close();
  return people;
}

function withoutRoles(token: string): string {
  let rest = token;
  for (let again = true; again; ) {
    again = false;
    for (const role of personRoles) {
      if (rest.length <= role.length) continue;
      const before = rest.slice(0, -role.length);
      const behind = rest.slice(role.length);
      if (rest.endsWith(role) && length(before) >= 2 && !isCompoundSurname(before)) {
        rest = before;
        again = true;
      } else if (rest.startsWith(role) && isWholeName(behind)) {
        rest = behind;
        again = true;
      }
    }
  }
  return rest;
}

/** A unit glued before a name: 西吉县第一小学张三丰. */
const UNIT_BEFORE = new RegExp(
  `^(${CJK_PATTERN}{2,}(?:小学|中学|初中|高中|学校|校区|幼儿园|教研室|教研中心|教育局|教体局|电教馆|[一二三四五六七八九十]小|[一二三四五六七八九十]中))(${CJK_PATTERN}{2,4})$`,
);

const isNoise = (token: string) =>
  token === "" ||
  isPersonRole(token) ||
  sexesAndPeoples.test(token) ||
  isSchoolName(token) ||
  (/\d/.test(token) && !HOLDS_HAN.test(token)) ||
  /^\d+(?:岁|年|月|日|周岁|号)?/.test(token);

/** `周 一   吴 二`: wide gaps part people where narrow ones stand inside their names. */
function splitAtGaps(text: string): string[] | undefined {
  const parts = text.split(/\s{2,}/);
  const isName = (part: string) => isHanName(part.replace(/\s/g, "")) && !isTransliterated(part.replace(/\s/g, ""));
  return parts.length > 1 && parts.every(isName) ? parts : undefined;
}

/** Names of one piece; [] where it holds none. `tellOthers` hears of people whom the piece means and does not name. */
function namesOfPiece(piece: string, tellOthers: () => void): string[] {
  if (NUMERAL.test(piece.trim())) return [];
  let text = piece.replace(EMAIL, " ").replace(LONG_NUMBER, " ").replace(MARKS_AROUND, "").replace(GLUED_NUMBER, "");
  if (!HOLDS_HAN.test(text)) {
    text = text.trim();
    if (text === "" || isNoise(text)) return [];
    const several = text.split(/ +and +/i).map((part) => part.trim());
    return several.filter((part) => part !== "");
  }
  const gaps = splitAtGaps(text);
  if (gaps) return gaps.flatMap((part) => namesOfPiece(part, tellOthers));
  const more = text.replace(MORE_PEOPLE, "");
  if (more !== text && length(more.replace(/ /g, "")) >= 2) {
    text = more;
    tellOthers();
  }
  const soOn = AND_SO_ON.exec(text);
  if (soOn?.[1] !== undefined) {
    text = soOn[1];
    tellOthers();
  }
  const tokens = text
    .split(/\s+/)
    .map((token) => token.replace(MARKS_AROUND, ""))
    .filter((token) => token !== "");
  const kept = tokens.filter((token) => !isNoise(token));
  const han = kept.filter((token) => HOLDS_HAN.test(token)).map((token) => UNIT_BEFORE.exec(token)?.[2] ?? token);
  // A Latin word beside a Chinese name is the same name once more.
  const stripped = han.map(withoutRoles).filter((token) => !isNoise(token));
  const names = joinLoneConjunctions(stripped)
    .flatMap((group) => splitAtSpaces(group))
    .flatMap((name) => splitAtDots(name) ?? [name])
    .flatMap((name) => splitAtConjunction(name) ?? [name]);
  // 张 老师: no name, but all that is known.
  return names.length === 1 && length(names[0] as string) === 1 && tokens.length > 1 ? [tokens.join("")] : names;
}

/** `张三、和李四`; 和云 keeps its 和. */
function withoutConjunction(piece: string): string {
  const rest = piece.trim().slice(1);
  return CONJUNCTION.test(piece.trim().charAt(0)) && isHanName(rest) && hasPlainSurname(rest) ? rest : piece;
}

/** `张三 和 李四`: what stands on each side of a 和 of its own. */
function joinLoneConjunctions(tokens: readonly string[]): string[][] {
  const groups: string[][] = [[]];
  tokens.forEach((token, i) => {
    const [before, after] = [tokens[i - 1] ?? "", tokens[i + 1] ?? ""];
    if (/^[和与及暨跟]$/.test(token) && length(before) >= 2 && length(after) >= 2) groups.push([]);
    else groups[groups.length - 1]?.push(token);
  });
  return groups.filter((group) => group.length > 0);
}

/** People whom a bracket names: `张三（成员：李四、王五）`; undefined where it says something about the name before it. */
function peopleInBracket(content: string): boolean {
  const pieces = content.split(SEPARATOR).map((piece) => piece.trim());
  const names = pieces.filter((piece) => isHanName(piece) && !isNoise(piece));
  const isLabelled = /^(?:成员|参与|参与人|参与者|合作者|合作人|组员|其他作者|团队成员)[:：]/.test(content);
  return names.length >= 2 ? names.length === pieces.length || isLabelled : isLabelled && names.length > 0;
}

interface Unbracketed {
  readonly text: string;
  readonly notes: readonly string[];
}

function takeBrackets(typed: string): Unbracketed {
  const notes: string[] = [];
  let text = typed;
  for (let found = BRACKETED.exec(text); found && notes.length < 0xff; found = BRACKETED.exec(text)) {
    const content = (found.slice(1).find((part) => part !== undefined) ?? "").trim();
    const [before, after] = [text.slice(0, found.index), text.slice(found.index + found[0].length)];
    if (NUMERAL.test(content) || content === "") text = `${before}\n${after}`;
    else if (peopleInBracket(content)) text = `${before}\n${content}\n${after}`;
    else if (before.trim() === "" && after.trim() === "") text = content;
    else {
      text = before + String.fromCharCode(NOTE_START + notes.length) + after;
      notes.push(content);
    }
  }
  text = text.replace(OPEN_BRACKET, (all, _, offset: number) => {
    if (offset === 0) return all.slice(1);
    notes.push(all.slice(1));
    return String.fromCharCode(NOTE_START + notes.length - 1);
  });
  // 2） numbers a name and closes nothing.
  text = text.replace(CLOSE_BRACKET, (bracket, offset: number) =>
    bracket === ")" && NUMBERED.test(text.slice(0, offset)) ? bracket : "\n",
  );
  return { text, notes };
}

function takeNumbers(text: string): string {
  let rest = text.replace(ENCLOSED_NUMBERS, "\n");
  if (FIRST_NUMBER.test(rest)) rest = rest.replace(NUMBERS, "$1\n");
  else rest = rest.replace(NUMBER_BEFORE_NAME, "$1\n");
  if (/^\s*一[、.．]/.test(rest)) {
    let from = 0;
    for (const numeral of CHINESE_NUMERALS) {
      const at = rest.slice(from).search(new RegExp(`${numeral}\\s*[、.．]`));
      if (at < 0) break;
      rest = `${rest.slice(0, from + at)}\n${rest.slice(from + at).replace(new RegExp(`^${numeral}\\s*[、.．]`), "")}`;
      from += at + 1;
    }
  }
  return rest;
}

function partAtMark(all: string, before: string, mark: string): string {
  return foldForComparison(mark) === "" && !DOTS.test(mark) ? `${before}\n` : all;
}

/** `Smith, John` is one person, surname first. */
const INVERTED_NAME = /^[A-Za-z\u00c0-\u024f'’-]+ *, *[A-Za-z\u00c0-\u024f'’. -]+$/;

function read(cell: string): CellPeople {
  const typed = toHalfWidth(removeInvisible(cell)).replace(/n\/a/gi, "").trim();
  if (INVERTED_NAME.test(typed) && !/ .*,/.test(typed))
    return { people: [{ name: cleanName(typed), note: "" }], others: false };
  const { text, notes } = takeBrackets(typed);
  const pieces = takeNumbers(text).replace(BETWEEN_HAN, partAtMark).replace(BETWEEN_QUOTES, "\n").split(SEPARATOR);
  let others = false;
  const people: NamedPerson[] = [];
  const tellOthers = () => {
    others = true;
  };
  const bare = pieces.map((piece) => piece.replace(NOTE_CHARACTER, " ").trim());
  // 张 / 三, wrapped in a narrow cell: no people of one character each.
  const isWrapped = bare.length > 1 && bare.join("").length <= 4 && bare.every((piece) => ONE_HAN.test(piece));
  if (isWrapped) return { people: [{ name: bare.join(""), note: "" }], others };
  for (const [index, piece] of pieces.entries()) {
    if (index > 0 && MORE_PEOPLE_ALONE.test(bare[index] as string)) {
      tellOthers();
      continue;
    }
    const held = [...piece].filter((c) => c >= "\ue000" && c <= "\ue0ff");
    const names = piece
      .split(NOTE_CHARACTER)
      .join(" \u0001 ")
      .split("\u0001")
      .flatMap((part) =>
        namesOfPiece(index > 0 ? withoutConjunction(part) : part, tellOthers).filter(
          (name) => !isPlaceholder(name, "name"),
        ),
      );
    const note = held.map((c) => notes[c.charCodeAt(0) - NOTE_START] ?? "").join("、");
    for (const name of names) people.push({ name: cleanName(name), note: names.length === 1 ? note : "" });
  }
  if (people.length > 0) return { people, others };
  const whole = cleanName(cell);
  return isPlaceholder(whole, "name") || bare.every((p) => p === "" || isPlaceholder(p, "name"))
    ? nobody
    : { people: [{ name: whole, note: "" }], others };
}

const known = new Map<string, CellPeople>();
const mostKnown = 50_000;

/**
 * The people whom a name cell holds. Titles, roles, numbers and brackets around a name are no part of it; a name keeps its
 * dots, and its 和 where it has one. A placeholder is nobody; a cell in which no name can be made out is one person of that name.
 */
export function readPeople(cell: string): CellPeople {
  const text = cell.trim();
  if (text === "") return nobody;
  let people = known.get(text);
  if (!people) {
    if (COMMON_NAME.test(text) && isHanName(text) && !text.endsWith("等")) {
      people = { people: [{ name: text, note: "" }], others: false };
    } else people = read(text);
    if (known.size >= mostKnown) known.clear();
    known.set(text, people);
  }
  return people;
}

/** The names in a cell that should hold one person, as they are to be shown and looked for. */
export function namesIn(cell: string): string[] {
  return readPeople(cell).people.map(({ name }) => name);
}
