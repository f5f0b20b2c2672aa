/**
 * Surnames, to tell whether a few characters can be a whole name: those of 百家姓, the common ones it lacks, and those of the
 * Hui (买, 纳, 撒, 锁, 者 …). A rare one that is missing costs little: only where 和, a dot or a space stands between names
 * are surnames asked for.
 */
import { foldForComparison } from "./clean.ts";

/** They begin no transliterated name in common use, so that a few of them beside one another are people of their own. */
export const plainSurnames =
  "王李张刘陈杨黄赵吴周徐孙郭梁谢宋郑许邓冯韩曹曾蔡潘董袁蒋魏程吕沈姚钟姜崔谭廖汪陆戴邱侯邹熊孟秦江薛段黎陶龚邵钱覃赖";

const OTHERS =
  "马朱胡何林高罗唐彭肖萧田于余叶杜苏丁任卢傅范方石金韦贾夏付邓白闫阎尹雷史龙贺顾毛郝万严武莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁房蒲滕屈饶解牟艾尤时阳穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利于呼居揭干尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由买纳撒锁者虎拜妥喇丑剪闪速脱沐鬲敏仉牙酉过暨及与逄淳经言水回鲜咸旦代仁";

/** 复姓, and a few of other peoples that are written with two characters. */
const COMPOUND = new Set(
  (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 司空 夏侯 轩辕 端木 独孤 南宫 西门 东郭 百里 呼延 " +
    "闻人 赫连 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 亓官 司寇 子车 颛孙 巫马 公西 漆雕 乐正 壤驷 " +
    "公良 拓跋 夹谷 宰父 谷梁 段干 东门 南门 左丘 梁丘 第五 叱干 纳兰 完颜 耶律 爱新 叶赫 那拉 富察 钮祜 万俟 贺兰 羊舌 微生 " +
    "哥舒 张简 范姜 欧侯"
  ).split(" "),
);

/** How names of other peoples begin, as they are written in Chinese characters. */
const TRANSLITERATED_START = new RegExp(
  `^(?:${(
    "买买提 买合 麦麦提 麦合 吐尔 吐逊 图尔 艾力 艾山 艾尼 艾买 艾合 艾孜 艾则 艾尔 艾拜 阿不 阿卜 阿布 阿依 阿迪 阿里 阿力 阿尔 阿曼 阿孜 阿合 " +
    "阿提 阿瓦 阿娜 阿丽 阿拉 阿木 阿荣 阿古 阿尼 阿西 古丽 古力 古再 古扎 热合 热孜 热依 热娜 帕提 帕尔 帕丽 帕孜 依布 依马 依明 依力 " +
    "伊布 伊马 伊明 伊力 伊斯 伊德 玉素 玉山 玉苏 吾买 吾斯 吾甫 吾拉 哈力 哈里 哈提 哈斯 哈丹 哈森 哈那 赛买 赛力 赛义 赛福 萨迪 萨吾 萨比 " +
    "沙吾 沙拉 沙迪 沙依 木沙 木拉 木合 木塔 米吉 米热 米娜 迪丽 迪力 迪娜 娜孜 娜迪 孜亚 克里 克然 克尤 库尔 库热 库瓦 努尔 努热 努丽 尼亚 " +
    "尼牙 尼加 肉孜 如孜 如仙 祖力 祖丽 祖拉 司马义 斯马 斯坎 亚森 亚库 亚力 牙生 牙森 叶尔 叶斯 叶力 巴哈 巴合 别克 卡德 卡米 卡哈 卡迪 塔吉 " +
    "塔依 塔西 提拉 托合 托乎 西尔 西仁 夏木 夏依 马木提 马合木 马依 马哈 穆罕 穆合 穆拉 穆萨 优素 尤素 尔撒 尔萨 易卜 法图 法蒂 海迪 海丽 " +
    "再努 再娜 再丽 早热 孜来 玛依 玛丽 玛热 艾麦 " +
    "乌云 乌兰 乌日 乌力 乌恩 乌尼 塔娜 斯琴 斯钦 斯日 高娃 格日 格根 其其 其木 琪琪 图雅 图门 托娅 托雅 娜仁 娜布 娜日 那仁 那木 那顺 那日 萨仁 " +
    "萨日 萨茹 萨出 苏和 苏日 苏布 苏德 苏伦 孟和 孟根 布和 布日 布仁 布赫 巴图 巴特 巴雅 巴音 巴根 巴彦 宝音 宝力 宝鲁 朝鲁 朝克 朝格 朝乐 呼和 " +
    "胡日 胡和 德力 德格 达来 达布 达日 额尔 敖登 敖云 敖日 敖特 敖其 吉日 吉木 吉仁 毕力 毕勒 牧仁 哈日 特木 特日 铁木 白音 陶格 温都 希吉 希日 " +
    "锡林 莎仁 莫日 道尔 照日 赛罕 赛音 伊拉 伊日 伊德 " +
    "扎西 卓玛 次仁 次旦 才让 尼玛 旦增 丹增 格桑 拉姆 拉毛 央金 达瓦 多吉 多杰 仁青 仁增 洛桑 平措 德吉 曲珍 索南 索朗 桑吉 加措 久美 普布 白玛 " +
    "边巴 旺堆 旺姆 贡布 贡嘎 嘎玛 强巴"
  )
    .split(/ +/)
    .join("|")})`,
);
const TRANSLITERATED_END = /..(?:古丽|古力|别克|其其格|其木格|图雅|巴特尔|巴图|买买提|艾力|吐尔逊|卓玛)$/;

const strict = new Set(plainSurnames);
const single = new Set(plainSurnames + OTHERS);

/** 張, 歐陽 and other look-alikes as they stand in the lists. */
const known = (list: ReadonlySet<string>, text: string) => list.has(text) || list.has(foldForComparison(text));

export const isCompoundSurname = (text: string) => text.length === 2 && known(COMPOUND, text);
export const isSurname = (text: string) => text.length <= 2 && (known(single, text) || known(COMPOUND, text));

/** Characters of the surname that a name begins with: 0, 1 or 2. */
export function surnameLength(name: string): 0 | 1 | 2 {
  if (known(COMPOUND, name.slice(0, 2))) return 2;
  return known(single, name.slice(0, 1)) ? 1 : 0;
}

/** Whether the surname is one that no transliterated name begins with. */
export const hasPlainSurname = (name: string) => known(COMPOUND, name.slice(0, 2)) || known(strict, name.slice(0, 1));

/** Whether this is a name, or a part of one, that was written by its sound: 买买提, 斯琴, 卓玛. */
export function isTransliterated(name: string): boolean {
  if (TRANSLITERATED_START.test(name) || TRANSLITERATED_END.test(name)) return true;
  return surnameLength(name) === 0 && name.length >= 4;
}
