import type { ExpertKey, LiaisonKey, SubmissionKey } from "../award/award.ts";
import type { Notice, UnitKind } from "../notice/notice.ts";
import {
  anyOf,
  dateColumns,
  isEmpty,
  isPlaceholderIn,
  type LiveSources,
  type PeopleSources,
  type WordColumn,
  whereRare,
  wordColumns,
} from "../rules/live.ts";
import { submissionsSheet } from "../schema/application.ts";
import { unitKindLabels, yes } from "../schema/choices.ts";
import { cellIn, type Place, rangeHeight, rangeIn } from "../tables/place.ts";
import { foldForComparison } from "../text/clean.ts";
import { listConstant, quote, substituteAll } from "../workbook/formula.ts";
import { type CalculationColumn, type CalculationSheet, nothing } from "./calculation-sheet.ts";
import type { KnownPeople } from "./known-people.ts";
import { addLimits, type SettingCells } from "./limits.ts";
import { addPersonCounts, isSureIdentifier, isTwoNames, partNames, unitEnds, withoutSpaces } from "./person-counts.ts";
import { groupKey, groupKeyFormula, type QuotaGroup } from "./quota.ts";
import { addTextNumbers } from "./text-codes.ts";

/** Where the live checks look the nominators up. */
export type UnitSource =
  | {
      readonly kind: "sheet";
      readonly units: Place;
      /** What units are called besides their 单位名称 → 单位名称. */
      readonly otherNames: ReadonlyMap<string, string>;
    }
  /** A unit form: one unit, written into the formulas. */
  | { readonly kind: "one"; readonly name: string; readonly unitKind: UnitKind | undefined };

export interface LiveCheckParts {
  readonly notice: Notice;
  readonly submissions: Place;
  readonly texts: Place;
  readonly experts: Place;
  readonly liaisons: Place;
  readonly units: UnitSource;
  readonly settings: SettingCells;
  readonly groups: readonly QuotaGroup[];
  readonly known: KnownPeople;
  /** Whether a sheet of 即时计算 is there already. */
  readonly isThere: (name: string) => boolean;
  /** The sheet before which it is made. */
  readonly createBefore: string | null;
}

/** Adds a column for a label once. */
type Compute = (label: string, formula: string) => CalculationColumn;

interface Added {
  readonly sources: LiveSources;
  /** Key of the quota group of every recommended row. */
  readonly group: CalculationColumn;
  /** Cell with the number of recommended rows that are in no group. */
  readonly ungrouped: string;
  readonly experts: PeopleSources<ExpertKey>;
  readonly liaisons: PeopleSources<LiaisonKey>;
}

/** Writes into 即时计算 what the formulas of the rules have in common. */
export function addLiveSources(sheet: CalculationSheet, parts: LiveCheckParts): Added {
  const { notice, submissions, texts } = parts;
  const rows = rangeHeight(submissions);
  const limit = addLimits(sheet, notice, parts.settings);
  const table = addTable<SubmissionKey>(sheet, rows, submissions, "");
  const { at, bare, lead, isRuined, computed, compute } = table;
  const isBlank = (key: SubmissionKey) => compute(`${key} 空`, `IF(${isEmpty(at(key))},1,0)`).range;

  const findUnit = addUnits(sheet, parts.units);
  const shortNumbers = sheet.cell(sheet.addCells("一两位数", [`|${[...ones, ...twos].join("|")}|`]), 0);
  const unit = findUnit(compute, at("nominator"));
  const ids = addIds(sheet, rows, compute, parts, {
    id: at("id"),
    ruined: isRuined("id"),
    empty: isBlank("id"),
  });
  const people = addPersonCounts(sheet, rows, at, parts.known, (n) => isRuined(`author${n}.account`), ids.isCounted);
  const days = addDays(sheet, rows, at, dateColumns, { prefix: "", shortNumbers });
  const words = addWords(sheet, rows, at);
  const quota = addQuotaStanding(sheet, rows, parts, { at, bare, isBlank, unit, limit, id: ids });
  const textIds = rangeIn(texts, "id");
  const isOdd = `(${textIds}<>"")*(${textIds}<>${cellIn(texts, "id", texts.headerRow)})*(1-${isPlainText(textIds)})`;
  const oddTexts = sheet.addOne("正文编号", `SUM(IFERROR(${isOdd},0))`);
  return {
    sources: {
      notice,
      at,
      bare,
      lead,
      isEmpty: isBlank,
      isMissing: (key) =>
        compute(`${key} 缺`, `IF(${anyOf(isBlank(key), isPlaceholderIn(at(key), submissionsSheet, key))},1,0)`).range,
      limit,
      compute: (label, formula) => compute(label, formula).range,
      cell: (label, row) => computed.get(label)?.cell(row) ?? "",
      day: days,
      words,
      unitKind: unit.kind,
      unknownUnit: unit.unknown,
      sameId: ids.same,
      ...people,
      isRuined,
      overQuota: quota.excess,
      quota: quota.places,
      isPastQuota: quota.isPast,
      // A text may belong to a row by a number that is written otherwise.
      hasNoText: (row) => `(${oddTexts}=0)*(${ids.plain.cell(row)}=1)*(COUNTIF(${textIds},${ids.text.cell(row)})=0)=1`,
    },
    group: quota.group,
    ungrouped: quota.ungrouped,
    experts: addPeople(sheet, parts.experts, { notice, limit, findUnit, shortNumbers }),
    liaisons: addPeople(sheet, parts.liaisons, { notice, limit, findUnit, shortNumbers }),
  };
}

const ones = Array.from({ length: 10 }, (_, digit) => String(digit));
const twos = ones.flatMap((ten) => ones.map((one) => ten + one));

/** What stands for an error value: no text that a rule takes for anything. */
const unreadable = "¿";

/**
 * The columns of a table, copied and prepared as they are asked for. After rows were inserted or deleted its ranges are
 * higher or lower than the columns of 即时计算: so a formula that names one names no other range, and what is missing below
 * is #N/A. No error value leaves the copies: LibreOffice 7.4 confuses rows when IF in IF goes through a range that holds
 * one.
 */
function addTable<K extends string>(sheet: CalculationSheet, rows: number, place: Place, prefix: string) {
  const computed = new Map<string, CalculationColumn>();
  const compute: Compute = (label, formula) => {
    const known = computed.get(label);
    if (known) return known;
    const column = sheet.add(`${prefix}${label}`, rows, [formula]);
    computed.set(label, column);
    return column;
  };
  const copies = new Map<K, string>();
  const at = (key: K) => {
    const known = copies.get(key);
    if (known !== undefined) return known;
    const typed = rangeIn(place, key);
    const copy = `IFERROR(IF(${typed}="","",${typed}),${quote(unreadable)})`;
    const { range } = sheet.addWithNeutral(`${prefix}${key} 抄`, rows, copy);
    const whole = sheet.add(`${prefix}${key}`, rows, [`IFERROR(${range},"")`]).range;
    copies.set(key, whole);
    return whole;
  };
  const bare = (key: K) => compute(`${key} 无空格`, `IFERROR(${withoutSpaces(at(key))},"")`).range;
  const lead = (key: K) => compute(`${key} 开头`, leadOf(bare(key))).range;
  /** 1 where a spreadsheet has certainly ruined the identifier in a cell (DATA-PRECISION). */
  const isRuined = (key: K) => {
    const typed = at(key);
    const exponent = compute(`${key} 指数`, `IFERROR(FIND("E+",UPPER(${typed})),0)`).range;
    const zeros = compute(`${key} 尾零`, `(LEN(${typed})>15)*(SUBSTITUTE(MID(${typed},16,99),"0","")="")`).range;
    // Reading numbers is slow: only what looks ruined is read.
    const looked = `IF(${exponent}>0,${typed},IF(${zeros}=1,LEFT(${typed},15),0))`;
    const read = compute(`${key} 读数`, `IFERROR(VALUE(${looked}),"")`).range;
    const scientific = `(${exponent}>0)*ISNUMBER(${read})*(IFERROR(FIND(".",${typed}),${exponent})<5)`;
    const padded = `${zeros}*(TEXT(${read},REPT("0",15))=LEFT(${typed},15))`;
    const looksRuined = `${exponent}+${zeros}>0`;
    const text = compute(`${key} 文字坏`, whereRare(looksRuined, `${scientific}+${padded}>0`)).range;
    return compute(`${key} 坏`, `IFERROR(IF(ISNUMBER(${typed}),IF(${typed}>=1E+15,1,0),${text}),0)`).range;
  };
  return { at, bare, lead, isRuined, computed, compute };
}

/** What the formulas of a sheet of people look at. */
function addPeople<K extends ExpertKey | LiaisonKey>(
  sheet: CalculationSheet,
  place: Place,
  { notice, limit, findUnit, shortNumbers }: Shared,
): PeopleSources<K> {
  const rows = rangeHeight(place);
  const prefix = place.spec.label;
  const { at, bare, lead, isRuined, compute } = addTable<K>(sheet, rows, place, prefix);
  const unit = findUnit(compute, at("nominator" as K));
  const name = compute("姓名", `TRIM(${at("name" as K)})`).range;
  const names = compute("各名", partNames(name)).range;
  const end = compute("首名止", `FIND("、",${names})`).range;
  const days = new Map<K, string>();
  const day = (key: K) => {
    const known = days.get(key) ?? addDays(sheet, rows, at, [key], { prefix, shortNumbers })(key);
    days.set(key, known);
    return known;
  };
  return {
    notice,
    at,
    bare,
    lead,
    limit,
    compute: (label, formula) => compute(label, formula).range,
    day,
    unitKind: unit.kind,
    unknownUnit: unit.unknown,
    isRuined,
    isSeveral: compute("多人", isTwoNames(names, end)).range,
    isRepeated(key) {
      // With a letter before it no text is taken for a number, whose last digits would not count.
      const lower = compute(`${key} 小写`, `"n"&LOWER(${bare(key)})`).range;
      const text = `MID(${lower},2,99)`;
      const isSure = `${isSureIdentifier(text)}*ISERROR(FIND("*",${text}))*ISERROR(FIND("?",${text}))*ISERROR(FIND("~",${text}))`;
      const isUsable = `${isSure}*(1-${isRuined(key)})`;
      return compute(`${key} 重复`, `IF(${isUsable}>0,IF(COUNTIF(${lower},${lower})>1,1,0),0)`).range;
    },
  };
}

/** `LiveSources.lead` of a text: controls, spaces and what may be invisible are 0, signs and full-width characters 3. */
function leadOf(text: string): string {
  const from = [0, 33, 48, 58, 127, 0x2190, 0x2800, 0x3001, 0x3040, 0x4e00, 0xa000, 0xff01, 0xff5f];
  const kinds = [0, 2, 1, 2, 0, 3, 0, 3, 0, 2, 0, 3, 0];
  return `LOOKUP(IFERROR(UNICODE(LEFT(${text},1)),0),{${from.join(",")}},{${kinds.join(",")}})`;
}

/** Whether a text begins and ends with a letter, digit or mark of a keyboard and holds no space: no spelling but its own. */
function isPlainText(text: string): string {
  const isAscii = (character: string) => `(UNICODE(${character})<127)*(UNICODE(${character})>32)`;
  return `${isAscii(`LEFT(${text}&" ",1)`)}*${isAscii(`RIGHT(" "&${text},1)`)}*(LEN(${withoutSpaces(text)})=LEN(${text}))`;
}

/** Characters that are written in one way only and are common in names of units; what else stands in a nominator is doubtful. */
const unitCharacters =
  "教育体局科技文旅委员会厅直属学校小初高中幼儿园第一二三四五六七八九十市县区州自治省乡镇村街道办事处管理社东西南北新老城实验职业师范大专民族回汉宁夏银川石嘴山吴忠固原卫兴庆金凤贺兰永灵武惠农平罗利通青铜峡盐池同心红寺堡沙坡头海泾隆德彭阳吉基地研究室电化馆站中心培训";
/** Longer nominators are left to the rules. */
const nominatorLength = 16;

/** Finds the unit of each row of a table. */
type FindUnit = (
  compute: Compute,
  nominator: string,
) => { readonly name: string; readonly kind: string; readonly unknown: string };

/** What the formulas of every table share. */
interface Shared {
  readonly notice: Notice;
  readonly limit: LiveSources["limit"];
  readonly findUnit: FindUnit;
  /** The cell of all numbers of one or two digits. */
  readonly shortNumbers: string;
}

function addUnits(sheet: CalculationSheet, source: UnitSource): FindUnit {
  if (source.kind === "one") {
    const kind = source.unitKind === undefined ? "" : unitKindLabels[source.unitKind];
    return (compute, nominator) => ({
      name: nominator,
      kind: compute("类别", `IF(${nominator}=${quote(source.name)},${quote(kind)},${quote(nothing)})`).range,
      unknown: "0",
    });
  }
  const { units, otherNames } = source;
  const height = rangeHeight(units) + 1;
  const exactly = (text: string) =>
    substituteAll(text, [
      ["~", "~~"],
      ["*", "~*"],
      ["?", "~?"],
    ]);
  const listed = (label: string, values: readonly (string | number)[]) => {
    return sheet.cells(sheet.addCells(label, values), values.length);
  };
  const others = listed("单位别名", [nothing, ...otherNames.keys()]);
  const theirs = listed("单位本名", [nothing, ...otherNames.values()]);
  const otherOrdinals = listed("别名序", [1, ...[...otherNames.keys()].map((_, i) => i + 2)]);
  const names = sheet.add(
    "单位名称",
    height,
    [`IF(${rangeIn(units, "name")}="",${quote(nothing)},${rangeIn(units, "name")}&"")`],
    nothing,
  );
  const kinds = sheet.add("单位类别", height, [`${rangeIn(units, "kind")}&""`], nothing);
  const ordinals = sheet.addNumbers("单位序", height);
  const plain = [...new Set([...unitCharacters, ...[...otherNames.values()].join("")])].filter(
    (character) => foldForComparison(character) === character,
  );
  const known = sheet.cell(sheet.addCells("单位用字", [plain.join("")]), 0);
  return (compute, nominator) => {
    const typed = compute(
      "推荐单位",
      `IFERROR(IF(${nominator}="",${quote(nothing)},${exactly(nominator)}),${quote(nothing)})`,
    ).range;
    const other = compute("单位别名位", `IFERROR(MATCH(${typed},${others},0),1)`).range;
    const name = compute("单位名", `IF(${other}>1,LOOKUP(${other},${otherOrdinals},${theirs}),${nominator}&"")`).range;

    const found = compute("单位位", `IFERROR(MATCH(IF(${other}>1,${name},${typed}),${names.lookupRange},0),1)`).range;
    const kind = compute("类别", `LOOKUP(${found},${ordinals.lookupRange},${kinds.lookupRange})`).range;

    // Programs do not agree on whether a text holds the empty one.
    const padded = `${nominator}&REPT(${quote("校")},${nominatorLength})`;
    const isPlain = Array.from(
      { length: nominatorLength },
      (_, i) => `ISNUMBER(FIND(MID(${padded},${i + 1},1),${known}))`,
    );
    // Words for nothing, such as 办理中, are written with the same characters, but end otherwise.
    const isUnitLike = `(${nominator}<>"")*(LEN(${nominator})<=${nominatorLength})*ISNUMBER(FIND(RIGHT(${nominator},1),${quote(unitEnds)}))`;
    const written = compute("单位写法", `${isUnitLike}*${isPlain.join("*")}`).range;
    const isName = compute("单位已知", `IF((${found}>1)+(${typed}=${quote(nothing)})>0,1,0)`).range;
    // Going through the aliases is slow: what is known by now is found in their header.
    const sought = `IF(${isName}=1,${cellIn(units, "aliases", units.headerRow)},"*"&${typed}&"*")`;
    const isAlias = `ISNUMBER(MATCH(${sought},${rangeIn(units, "aliases")},0))`;
    return { name, kind, unknown: compute("单位不明", `(1-${isName})*${written}*(1-${isAlias})`).range };
  };
}

function addIds(
  sheet: CalculationSheet,
  rows: number,
  compute: Compute,
  { known }: LiveCheckParts,
  { id, ruined, empty }: { readonly id: string; readonly ruined: string; readonly empty: string },
) {
  const text = compute("编号", `IFERROR(${id}&"","")`);
  const lower = compute("编号小写", `LOWER(${withoutSpaces(text.range)})`).range;
  const usable = compute("编号可用", `${isSureIdentifier(lower)}*(1-${ruined})`).range;
  const number = addTextNumbers(sheet, "编号", rows, [lower], known.ids);
  const isNew = `${usable}*(${number.first.range}>1)>0`;
  const code = compute(
    "编号号",
    `IF(${number.known.range}>1,${number.known.range},IF(${isNew},${known.largestId}+${number.first.range},1))`,
  ).range;
  const largest = known.largestId + rows + 2;
  const numbers = sheet.addNumbers("编号序", largest);
  const counts = sheet.addFrequencies("编号次数", code, numbers, largest);
  const same = compute("同编号", `IF(${code}>1,LOOKUP(${code},${numbers.lookupRange},${counts.lookupRange}),0)`).range;
  return {
    text,
    same,
    /** 1 where the number has one spelling only. */
    plain: compute("编号无异", `IFERROR(${isPlainText(text.range)}*${usable},0)`),
    /** 1 for the rows that are submissions of their own. */
    isCounted: compute("编号独有", `IF((${same}=1)+${empty}>0,1,0)`).range,
  };
}

/** Stacks some columns of 案例, so that what reads them stands in one formula. */
function stack<K extends string>(sheet: CalculationSheet, rows: number, keys: readonly K[], name: string) {
  const add = (label: string, formula: (key: K) => string) => {
    const column = sheet.add(`${name}${label}`, rows * keys.length, keys.map(formula));
    return { range: column.range, of: (key: K) => sheet.share(column, keys.indexOf(key), rows) };
  };
  return add;
}

/** As `parseCivilDate` reads a date: year, month and day, eight digits, or a serial number. */
function addDays<K extends string>(
  sheet: CalculationSheet,
  rows: number,
  at: (key: K) => string,
  keys: readonly K[],
  { prefix, shortNumbers }: { readonly prefix: string; readonly shortNumbers: string },
): (key: K) => string {
  const add = stack(sheet, rows, keys, `${prefix}日期`);
  const text = add("文字", (key) => `IFERROR(TRIM(${at(key)}),"?")`);
  const compact = add("八位", (key) => {
    const own = text.of(key);
    const parts = `MID(${own},1,4)&"-"&MID(${own},5,2)&"-"&MID(${own},7,2)`;
    return `IF(LEN(${own})=8,IF(TEXT(IFERROR(VALUE(${own}),0),"0")=${own},${parts},${own}),${own})`;
  });
  const marks = [
    ["年", "-"],
    ["月", "-"],
    ["日", ""],
    [".", "-"],
    ["/", "-"],
  ] as const;
  const parted = add("隔开", (key) => substituteAll(compact.of(key), marks));
  const second = add("月止", (key) => `IFERROR(FIND("-",${parted.of(key)},6),6)`);
  const year = (key: K) => `LEFT(${parted.of(key)},4)`;
  const month = (key: K) => `MID(${parted.of(key)},6,${second.of(key)}-6)`;
  const day = (key: K) => `MID(${parted.of(key)},${second.of(key)}+1,9)`;
  // Asking whether a text is that of its number is slow: it is looked for among the numbers.
  const isShort = (digits: string) => `(LEN(${digits})<3)*ISNUMBER(FIND("|"&${digits}&"|",${shortNumbers}))`;
  const isDate = add("写法", (key) => {
    const pieces = [`LEFT(${year(key)},2)`, `MID(${year(key)},3,2)`, month(key), day(key)].map(isShort);
    const isWritten = `(MID(${parted.of(key)},5,1)="-")*(LEN(${year(key)})=4)*${pieces.join("*")}`;
    return whereRare(`${second.of(key)}>6`, isWritten);
  });
  const serial = add("序数", (key) => `IFERROR(DATE(VALUE(${year(key)}),VALUE(${month(key)}),VALUE(${day(key)})),-1)`);
  const isReal = add(
    "真有",
    (key) =>
      `IFERROR((VALUE(${year(key)})>=1900)*(MONTH(${serial.of(key)})=VALUE(${month(key)}))*(DAY(${serial.of(key)})=VALUE(${day(key)})),0)`,
  );
  const written = add("所写", (key) => `IF(${isDate.of(key)}=1,IF(${isReal.of(key)}=1,${serial.of(key)},-1),0)`);
  // A date begins with the four digits of its year, or with those of a serial number.
  const isNone = add("不是", (key) => {
    const leads = [1, 2, 3, 4].map((i) => `(${leadOf(`MID(${text.of(key)},${i},1)`)}=2)`);
    return whereRare(`(${text.of(key)}<>"")*ISTEXT(${at(key)})*(${isDate.of(key)}=0)`, `${leads.join("+")}>0`);
  });
  const date = add("", (key) => {
    const cell = at(key);
    const asNumber = `IF((${cell}>=30000)*(${cell}<80001),INT(${cell}),${written.of(key)})`;
    return `IFERROR(IF(ISNUMBER(${cell}),${asNumber},IF(${isNone.of(key)}=1,-1,${written.of(key)})),0)`;
  });
  return date.of;
}

/** As `wordCountIn` reads a number. From here on a number is more likely a date. */
const mostWords = 20_000;

function addWords(sheet: CalculationSheet, rows: number, at: LiveSources["at"]): (key: WordColumn) => string {
  const add = stack(sheet, rows, wordColumns, "字数");
  const text = add("文字", (key) => {
    const typed = `TRIM(${at(key)})`;
    return `IFERROR(IF(RIGHT(${typed},1)="字",TRIM(LEFT(${typed},LEN(${typed})-1)),${typed}),"")`;
  });
  const number = add("读数", (key) => `IFERROR(VALUE(${text.of(key)}),-1)`);
  const lead = add("开头", (key) => leadOf(text.of(key)));
  return add("", (key) => {
    const [typed, written, value] = [at(key), text.of(key), number.of(key)];
    const isWritten = `((TEXT(${value},"0")=${written})+(TEXT(${value},"#,##0")=${written})>0)`;
    const isFraction = `IF(ISNUMBER(${typed}),(${typed}<0)+(${typed}<>INT(${typed})),0)`;
    const marks = ["-", "/", ":", "e", "E", "—"].map((mark) => `ISNUMBER(FIND(${quote(mark)},${written}))`);
    const isNone = `(${lead.of(key)}=2)+${isFraction}+(${lead.of(key)}=1)*(${marks.join("+")})>0`;
    const inWords = `IF(${isNone},-2,-1)`;
    return `IFERROR(IF(${isWritten}*(${value}>=0)*(${value}<${mostWords})=1,${value},${inWords}),-1)`;
  }).of;
}

interface QuotaSources {
  readonly at: LiveSources["at"];
  readonly bare: (key: SubmissionKey) => string;
  readonly isBlank: LiveSources["isEmpty"];
  readonly unit: { readonly name: string; readonly kind: string };
  readonly limit: LiveSources["limit"];
  readonly id: { readonly text: CalculationColumn; readonly plain: CalculationColumn };
}

function canonical(value: string, spellings: readonly (readonly [string, readonly string[]])[]): string {
  return spellings.reduceRight(
    (rest, [label, all]) => `IF(ISNUMBER(MATCH(${value},${listConstant(all)},0)),${quote(label)},${rest})`,
    '"?"',
  );
}

/** Which quota group every recommended row counts in, and which rows stand behind as many as the group has places. */
function addQuotaStanding(
  sheet: CalculationSheet,
  rows: number,
  { notice, groups }: LiveCheckParts,
  { at, bare, isBlank, unit, limit, id }: QuotaSources,
) {
  const field = sheet.add("领域名", rows, [
    canonical(
      bare("field"),
      notice.fields.map((f) => [f.label, [f.label, ...f.longLabels]]),
    ),
  ]).range;
  const track = sheet.add("赛道名", rows, [
    canonical(
      bare("track"),
      notice.tracks.map((t) => [t.label, [t.label, ...t.aliases]]),
    ),
  ]).range;
  const ownTrack = `IF(${unit.kind}=${quote(unitKindLabels.school)},"",${track})`;
  const key = groupKeyFormula(unit.name, field, ownTrack);
  const group = sheet.add(
    "名额组",
    rows,
    [`IFERROR(IF(${bare("recommended")}=${quote(yes)},${key},${quote(nothing)}),"?")`],
    nothing,
  );

  const keys = sheet.addCells("组", [nothing, ...groups.map(groupKey)]);
  const calculated = (formula: string) => ({ kind: "formula", formula, result: null }) as const;
  const quotas = sheet.addCells("组名额", [0, ...groups.map((g) => calculated(limit(g.limit)))]);
  const ordinals = sheet.addCells("组序", [1, ...groups.map((_, i) => i + 2)]);
  const whole = (place: Parameters<typeof sheet.cells>[0]) => sheet.cells(place, groups.length + 1);
  const position = sheet.add("组位", rows, [`IFERROR(MATCH(${group.range},${whole(keys)},0),1)`]);
  const counts = sheet.addFrequencies("组已推荐", position.range, ordinals, Math.max(groups.length, 1));
  const look = (place: Parameters<typeof whole>[0]) => `LOOKUP(${position.range},${whole(ordinals)},${whole(place)})`;
  const quota = sheet.add("本组名额", rows, [look(quotas)]);
  const excess = sheet.add("本组超额", rows, [`IF(${position.range}>1,${look(counts)}-${quota.range},0)`]);
  const typed = at("firstScore");
  const read = sheet.add("初评读数", rows, [`IFERROR(VALUE(${typed}),-2)`]).range;
  // A score that cannot be read comes before nobody.
  const score = sheet.add("初评得分", rows, [
    `IF(${isBlank("firstScore")}=1,-1,IF((${read}>=0)*(${read}<=100)*(LEN(${bare("firstScore")})<6),${read},-2))`,
  ]);
  // Programs sort small letters and hyphens in their own way: only numbers that are built alike are compared.
  const text = id.text.range;
  const hyphen = sheet.add("编号短横", rows, [`IFERROR(FIND("-",${text}),0)`]);
  const order = sheet.add("编号先后", rows, [
    `IF(${id.plain.range}*EXACT(UPPER(${text}),${text})*(LEN(${text})-LEN(SUBSTITUTE(${text},"-",""))<2)>0,SUBSTITUTE(${text},"-",""),"")`,
  ]);
  const isPast = (row: number) => {
    const [place, points, number, places, built] = [position, score, order, quota, hyphen].map((column) =>
      column.cell(row),
    );
    const ahead = `COUNTIFS(${position.range},${place},${score.range},">"&${points})`;
    const tied = `SUMPRODUCT((${position.range}=${place})*(${score.range}=${points})*(${hyphen.range}=${built})*(${order.range}<>"")*(${order.range}<${number}))`;
    // Only a row whose equals in score stand on both sides of the line needs the comparison of numbers, which is slow.
    const equals = `COUNTIFS(${position.range},${place},${score.range},${points})`;
    const compared = `IF(${ahead}+${equals}<=${places},FALSE,IF(${number}="",FALSE,${ahead}+${tied}>=${places}))`;
    return `IF(${points}<-1,FALSE,IF(${ahead}>=${places},TRUE,${compared}))`;
  };
  const ungrouped = sheet.addCells("未计入", [
    calculated(`SUMPRODUCT((${group.range}<>${quote(nothing)})*(${position.range}=1))`),
  ]);
  return {
    group,
    excess: excess.range,
    places: quota.range,
    isPast,
    ungrouped: sheet.namedCell(ungrouped, 0),
  };
}
