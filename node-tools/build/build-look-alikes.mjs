// Writes apps-script/core/text/look-alike-table.ts from the Unicode data files, as Debian's package unicode-data brings
// them, and a list of simplifications that Unihan lacks. `npm run look-alikes`, by hand after an update of Unicode.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = process.argv[2] ?? "/usr/share/unicode";
const target = fileURLToPath(new URL("../../apps-script/core/text/look-alike-table.ts", import.meta.url));

/**
 * Traditional forms for which Unihan 15.0 has no kSimplifiedVariant, after the 简化字总表 (1986) and the
 * 第一批异体字整理表 (1955), the simplified form first. Forms that are names of their own today (昇, 陞, 喆, 堃, 淼, 氾) are left out.
 */
const lackingInUnihan = `
为爲 众衆眾 里裏 净淨 产産 录録 绿緑 颜顔 说説 阅閲 岳嶽 岩巖 峰峯 群羣 周週 游遊 证証 赞讚 蕴藴 彩綵 勋勳 床牀 痴癡 线綫
绝絶 绣綉 启啓 查査 真眞 鸡鷄 面麪麫 泛汎 污汙 涌湧 湿溼 汇滙 毁燬譭 叹歎 梁樑 杠槓 欲慾 吊弔 雕彫鵰 凄淒悽
布佈 占佔 局侷 幸倖 雇僱 凶兇 铲剷 札劄 恤卹 即卽 厕厠 历厤 念唸 吃喫 尝嚐 咽嚥 向嚮 苏囌 坛墰壜 墙墻 埙壎 奖奬 袅嫋
娴嫺 妫嬀 娘孃 采寀 昆崑 仑崙 岁嵗 并幷 荫廕 别彆 彔录 佛彿 戚慼 扇搧 抬擡 捣擣 教敎 旗旂 既旣 拐枴柺 棋棊 壳殻 溯泝遡
泄洩 凌淩 卤滷 弥瀰 滟灩 炖燉 熏燻 璇璿 瓮甕 画畵 酸痠 愈癒 皂皁 杯盃 竖竪 个箇 蓑簑 签籤 粽糉 团糰 扎紮 弦絃 捆綑 绷綳
纤縴 罐鑵 坛罎 羡羨 膻羶 玩翫 唇脣 修脩 卧臥 铺舖 馆舘 庵菴 药葯 搜蒐 席蓆 参蔘 虱蝨 蝎蠍 蚝蠔 摆襬 核覈 托託
谥諡 谣謡 哗譁 噪譟 艳豔 狸貍 赃贜 逾踰 迹蹟 绕遶 腌醃 酝醖 扣釦 钟鈡 钻鉆 钵鉢 锐鋭 炼鍊 针鍼
镰鎌 锤鎚 镇鎭 镌鎸 鉴鑑 暗闇 沾霑 颓頽 糍餈 糊餬 喂餵 饥饑 骂駡 哄鬨 凫鳬 吴呉 户戸 温溫 卫衞 国囯 高髙 吉𠮷 黑黒 内內
`;

/** Letters of other scripts that look like Latin ones. */
const latinLookAlikes = `
AАΑ BВΒ CСϹ EЕΕ HНΗ IІΙ JЈ KКΚ MМΜ NΝ OОΟ PРΡ SЅ TТΤ XХΧ YΥҮ ZΖ aаɑ cсϲ eе iі jј oоο pр sѕ xх yу
`;

const parse = (text) =>
  text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((line) => line !== "");
const read = (name) => readFileSync(`${folder}/${name}`, "utf8");
const readPacked = (name) => execFileSync("bzcat", [`${folder}/${name}`], { encoding: "utf8", maxBuffer: 1 << 28 });
const character = (hex) => String.fromCodePoint(Number.parseInt(hex, 16));
const codeOf = (c) => c.codePointAt(0);
const isSupplementary = (c) => codeOf(c) > 0xffff;
const isIdeograph = (code) =>
  (code >= 0x3400 && code <= 0x4dbf) || (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x20000 && code <= 0x3ffff);

const isRadical = (code) => code >= 0x2e80 && code <= 0x2fdf;
const isCompatibility = (code) => (code >= 0xf900 && code <= 0xfaff) || (code >= 0x2f800 && code <= 0x2fa1f);

const unicodeData = read("UnicodeData.txt")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => line.split(";"))
  .map(([code, , category, , , decomposition]) => {
    const [, tag = "", parts = ""] = /^(?:<(\w+)> )?(.*)$/.exec(decomposition);
    return { code: Number.parseInt(code, 16), category, tag, parts: parts.split(" ").filter((part) => part !== "") };
  });
const decompositions = new Map(unicodeData.map((entry) => [entry.code, entry]));
const version = /DerivedCoreProperties-([\d.]+)\.txt/.exec(read("DerivedCoreProperties.txt"))[1];

/** Follows decompositions to one character: of the same form, or of a tag that changes nothing but width or font. */
function decomposeToOne(code) {
  const { tag, parts } = decompositions.get(code) ?? { parts: [] };
  if (parts.length !== 1 || !["", "font", "wide", "narrow"].includes(tag)) return code;
  return decomposeToOne(Number.parseInt(parts[0], 16));
}

/** Representative → the characters that are read as it. */
function addTo(groups, representative, c) {
  if (c === representative) return;
  groups.set(representative, [...(groups.get(representative) ?? []), c]);
}

/** Radicals of Kangxi and of CJK, compatibility ideographs, each with the ideograph that it is. */
function sameCharacters() {
  const told = new Map();
  for (const line of parse(read("EquivalentUnifiedIdeograph.txt"))) {
    const [range, to] = line.split(/\s*;\s*/);
    const [from, until = from] = range.split("..").map((hex) => Number.parseInt(hex, 16));
    for (let code = from; code <= until && isRadical(code); code++) told.set(code, character(to));
  }
  for (const { code, tag, parts } of unicodeData) {
    // Where the two differ about a radical of Kangxi, UnicodeData is what NFKC follows.
    const isSame = (isRadical(code) && tag === "compat") || (isCompatibility(code) && tag === "");
    if (isSame && parts.length === 1) told.set(code, character(parts[0]));
  }
  return told;
}

/** Letters and digits by font and width, half-width kana, characters that Unicode has twice. */
function plainForms() {
  const isPlain = (to) => /[!-~\u3001-\u3098\u30a1-\u30ff]/u.test(String.fromCodePoint(to));
  return new Map(
    unicodeData
      .filter(({ code }) => !isRadical(code) && !isCompatibility(code) && code !== 0x3000)
      .map(({ code }) => [code, decomposeToOne(code)])
      .filter(([code, to]) => to !== code && isPlain(to))
      .map(([code, to]) => [code, String.fromCodePoint(to)]),
  );
}

/** Letters with marks, by the letter: é → e; kana with a sound mark, by the kana. */
function bareLetters() {
  const groups = new Map();
  const baseOf = (code) => {
    const { tag, parts } = decompositions.get(code) ?? { parts: [] };
    return tag === "" && parts.length === 2 ? baseOf(Number.parseInt(parts[0], 16)) : code;
  };
  for (const { code } of unicodeData) {
    const base = baseOf(code);
    const isLatin = (base >= 0x41 && base <= 0x5a) || (base >= 0x61 && base <= 0x7a);
    const isKana = base >= 0x3041 && base <= 0x30fe;
    if (base !== code && (isLatin || isKana)) addTo(groups, String.fromCodePoint(base), String.fromCodePoint(code));
  }
  for (const line of parse(latinLookAlikes).join(" ").split(" "))
    for (const c of [...line].slice(1)) addTo(groups, line[0], c);
  return groups;
}

/** The characters of GB 2312, in its order: the simplified ones in use. */
function readGb2312() {
  const decoder = new TextDecoder("gbk");
  const order = new Map();
  for (let row = 0xb0; row <= 0xf7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      const c = decoder.decode(Uint8Array.of(row, cell));
      if (isIdeograph(codeOf(c))) order.set(c, order.size);
    }
  }
  return order;
}

/** Classes of simplified, traditional and Z variants, each by the form that most others are simplified to. */
function variants(same) {
  const classes = new Map();
  const classOf = (c) => classes.get(c) ?? [c];
  const join = (a, b) => {
    if (classOf(a) === classOf(b) || a === b) return;
    const joined = [...new Set([...classOf(a), ...classOf(b)])];
    for (const c of joined) classes.set(c, joined);
  };
  const simplifiedFrom = new Map();
  const simplify = (simplified, c) => {
    if (simplified === c) return;
    simplifiedFrom.set(simplified, (simplifiedFrom.get(simplified) ?? new Set()).add(c));
    join(simplified, c);
  };
  // A compatibility ideograph stands for the ideograph that it is.
  const plain = (hex) => same.get(Number.parseInt(hex, 16)) ?? character(hex);
  for (const line of parse(readPacked("Unihan_Variants.txt.bz2"))) {
    const [code, kind, values] = line.split("\t");
    for (const value of values.split(" ").map((v) => v.slice(2).replace(/<.*/, ""))) {
      const [c, other] = [plain(code.slice(2)), plain(value)];
      if (kind === "kSimplifiedVariant") simplify(other, c);
      if (kind === "kTraditionalVariant") simplify(c, other);
      if (kind === "kZVariant") join(c, other);
    }
  }
  for (const line of parse(lackingInUnihan).join(" ").split(" "))
    for (const c of [...line].slice(1)) simplify([...line][0], c);

  const gb2312 = readGb2312();
  const rank = (c) => [
    isSupplementary(c) ? 1 : 0,
    gb2312.has(c) ? 0 : 1,
    -(simplifiedFrom.get(c)?.size ?? 0),
    gb2312.get(c) ?? 0,
    codeOf(c),
  ];
  const compare = (a, b) => {
    const [p, q] = [rank(a), rank(b)];
    const i = p.findIndex((value, k) => value !== q[k]);
    return i < 0 ? 0 : p[i] - q[i];
  };
  const groups = new Map();
  for (const members of new Set(classes.values())) {
    // Groups of rare ideographs alone would be a third of the table, and nobody's name.
    if (!members.some((c) => c >= "\u4e00" && c <= "\u9fff")) continue;
    const [representative, ...others] = [...members].sort(compare);
    groups.set(representative, others);
  }
  return groups;
}

function defaultIgnorable() {
  return parse(read("DerivedCoreProperties.txt"))
    .map((line) => line.split(/\s*;\s*/))
    .filter(([, property]) => property === "Default_Ignorable_Code_Point")
    .map(([range]) => range.split("..").map((hex) => Number.parseInt(hex, 16)))
    .map(([from, until = from]) => [from, until])
    .sort(([a], [b]) => a - b)
    .reduce((joined, [from, until]) => {
      const last = joined[joined.length - 1];
      if (last && from === last[1] + 1) last[1] = until;
      else joined.push([from, until]);
      return joined;
    }, []);
}

const lineLength = 60;

function printLines(words) {
  const lines = [""];
  for (const word of words) {
    const last = lines.length - 1;
    if ([...lines[last]].length + [...word].length > lineLength) lines.push(word);
    else lines[last] += word;
  }
  return lines.map((line) => `  ${JSON.stringify(line)}`).join(" +\n");
}

function printGroups(groups) {
  const byCode = (a, b) => codeOf(a) - codeOf(b);
  const ordered = [...groups].sort(([a], [b]) => byCode(a, b));
  return printLines(ordered.map(([representative, all]) => `${representative}${all.sort(byCode).join("")} `));
}

const longestGap = 8;

/** Where the characters stand, and what each is; a space where one is none. */
function printRuns(told) {
  const runs = [];
  for (const [code, to] of [...told].sort(([a], [b]) => a - b)) {
    const last = runs[runs.length - 1];
    const gap = last ? code - last.from - last.targets.length : longestGap;
    if (gap >= longestGap) runs.push({ from: code, targets: [to] });
    else last.targets.push(...Array.from({ length: gap }, () => " "), to);
  }
  const print = ({ from, targets }) => `  [\n    ${hex(from)},\n${printLines(targets)},\n  ],`;
  return `[\n${runs.map(print).join("\n")}\n]`;
}

const hex = (code) => `0x${code.toString(16)}`;
const printRanges = (ranges) => ranges.map((range) => `  [${range.map(hex).join(", ")}],`).join("\n");

const same = sameCharacters();
writeFileSync(
  target,
  `/**
 * Characters that look like others, as data; look-alikes.ts reads it. Written by node-tools/build/build-look-alikes.mjs, not by
 * hand, from the data files of Unicode ${version} (UnicodeData, EquivalentUnifiedIdeograph, DerivedCoreProperties,
 * Unihan_Variants: kSimplifiedVariant, kTraditionalVariant, kZVariant) and the lists in that script.
 *
 * Data files: Copyright © 1991–2022 Unicode, Inc., under the Unicode License (https://www.unicode.org/license.txt).
 */

/** A run of characters: the code of the first, and what each of them is; a space where one is left out. */
export type Run = readonly [first: number, targets: string];

/** Radicals of CJK and Kangxi and compatibility ideographs: an ideograph under another code. */
export const sameCharacters: readonly Run[] = ${printRuns(same)};

/** Letters of other widths and fonts, half-width kana, marks that Unicode has twice. */
export const plainForms: readonly Run[] = ${printRuns(plainForms())};

/**
 * Traditional forms and Z variants behind the simplified form in use, groups parted by spaces: 里裏裡. A key to compare by,
 * no spelling to show.
 */
export const variants =
${printGroups(variants(same))};

/** Latin letters with marks and letters that look like them behind the bare letter, kana behind those without sound marks. */
export const letters =
${printGroups(bareLetters())};

/** Default_Ignorable_Code_Point, assigned or not. */
export const ignorable: readonly (readonly [number, number])[] = [
${printRanges(defaultIgnorable())}
];
`,
);
