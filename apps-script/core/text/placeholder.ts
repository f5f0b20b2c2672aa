/**
 * What people type where they have nothing to say: no identity, whatever cell it stands in. The one table of these words;
 * compared without width, case, spaces and marks, so that `（无）`, `N/A` and `无。` need no entry of their own.
 */
import { foldForComparison } from "./clean.ts";
import { perText } from "./per-text.ts";

/**
 * What a cell identifies, because one text may be a value here and a placeholder there: 0 may be a title, 1111 a case
 * number, Nan a name.
 *
 * - name: a person's · unit: a school or bureau · account: accounts and phones · code: 案例编号, 单位代码 · title: 案例名称
 */
export type IdentifyingKind = "name" | "unit" | "account" | "code" | "title";

const NOT_THERE = "(?:无|没有?|未|待|缺|不)";
const WHAT =
  "(?:有|此项|内容|信息|数据|资料|账号|帐号|账户|云账号|教育云账号|宁教云账号|手机|手机号|手机号码|电话|电话号码|号码|联系电话|联系方式|单位|姓名|名字|编号|编码|代码|工号|作者|其他作者|人员)";
const DONE =
  "(?:填|填写|填报|写|补|补充|补填|补报|定|确定|确认|核实|核|查|知|详|明|清楚?|提供|注册|申请|开通|办理|办|报|完善|录入|登记|绑定|激活|分配|失|省|用|适用|知道)";
const SAID_NOT = new RegExp(`^(?:暂时?|目前|尚|还|均|都|并|本人)?${NOT_THERE}{1,2}${DONE}?${WHAT}?$`);
const UNDER_WAY = /^(?:正在)?(?:申请|办理|审核|审批|注册|开通|补办|补填|填写|核实)中$|^(?:详?见|另见|详情见)附[件表]$/;
const LATER = /^(?:稍?后|以后|过后|回头|另行?|再|后期|后续)补?[填充报交]?$/;
const SINGLE_WORDS = new Set([
  ...["暂无", "暂缺", "暂空", "暂略", "暂定", "空", "空白", "空缺", "略", "省略", "无无", "没", "否", "忘记", "忘了"],
  ...["保密", "不便透露", "某", "某某", "某某某", "匿名", "佚名", "同左", "同第一作者", "同作者1", "同作者一"],
  ...["na", "nan", "nil", "none", "null", "nul", "undefined", "unknown", "empty", "blank", "tbd", "tba", "tbc", "todo"],
  ...["no", "nothing", "void", "ditto"],
]);
/** Only letters that stand for anything: xx, xxx, ×× is a mark already. */
const CROSSES = /^x{2,}$|^某{1,3}$|^[□○◯〇]+$/;
const ZEROS = /^0+$/;
/** 1111, 11111111111: more than a slip of the key. */
const ONE_DIGIT = /^(\d)\1{3,}$/;
/** The character 一 for a dash. */
const STROKES = /^[一ー丨]+$/;
/** Words of the table that are also a name, written like one. */
const LATIN_NAMES = /^(?:Na|Nan|Nil|No)$/;

/** Words for the cell above; marks such as 〃 are looked for as they stand. */
const DITTO_WORDS = new Set([
  ...[
    "同上",
    "同上行",
    "同上一行",
    "同上格",
    "同上栏",
    "同上述",
    "同前",
    "同前行",
    "同前述",
    "上同",
    "如上",
    "仝上",
    "仝",
    "同楼上",
  ],
  ...["ditto", "do", "同样同上", "与上同", "与上相同", "和上面一样", "同上面"],
]);
const DITTO_MARKS = /^(?:["'〃″”“″＂﹄↑]|''|″″|〃〃|””|’’|‘‘|``)$/;

/** Whether a cell refers to the one above: 同上, 〃, ″, ditto. */
export function isDitto(text: string): boolean {
  const typed = text.trim();
  return typed !== "" && typed.length <= 12 && (DITTO_MARKS.test(typed) || DITTO_WORDS.has(foldForComparison(typed)));
}

/** Longer texts say something. */
const LONGEST = 16;

/** Whether an identifying cell holds something that stands for nothing (同上 included); an empty one does not. */
export function isPlaceholder(text: string, kind: IdentifyingKind): boolean {
  const typed = text.trim();
  return typed !== "" && typed.length <= LONGEST && standsForNothing[kind](typed);
}

/** Units and places come again in most rows. */
const standsForNothing: Readonly<Record<IdentifyingKind, (typed: string) => boolean>> = {
  name: perText((typed) => judge(typed, "name")),
  unit: perText((typed) => judge(typed, "unit")),
  account: perText((typed) => judge(typed, "account")),
  code: perText((typed) => judge(typed, "code")),
  title: perText((typed) => judge(typed, "title")),
};

function judge(typed: string, kind: IdentifyingKind): boolean {
  const folded = foldForComparison(typed);
  if (folded === "") return true;
  // Texts such as N/A or 0 may be about something.
  if (kind === "title" && /^[\da-z]+$/.test(folded)) return false;
  if (
    SINGLE_WORDS.has(folded) ||
    SAID_NOT.test(folded) ||
    LATER.test(folded) ||
    UNDER_WAY.test(folded) ||
    isDitto(typed)
  ) {
    return !(kind === "name" && LATIN_NAMES.test(typed));
  }
  if (CROSSES.test(folded) || ZEROS.test(folded)) return true;
  return kind === "account" && (ONE_DIGIT.test(folded) || STROKES.test(folded) || folded === "x");
}
