import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { namesIn, readPeople } from "../../../apps-script/core/text/person-names.ts";

/** Names that look like several, or like a name with a title. All are invented, or are words for the purpose. */
const hardNames = `
张三 李四 王五 吴双 田七 丁一 万方 于是 马超 甘露 安静 白雪 高兴 成功 方圆 江山 和平 胜利 关键 常识
欧阳明 欧阳修远 司马光远 上官婉云 诸葛青 诸葛青云 东方红霞 皇甫嵩林 尉迟恭 公孙胜男 慕容雪 令狐冲云 长孙无疆 宇文化 司徒文 夏侯渊明 端木蕾 独孤求 南宫雪 西门吹雪
百里奚云 呼延庆 赫连勃 澹台明 濮阳雪 淳于琼 单于飞 申屠刚 钟离权 鲜于枢 闻人语 纳兰容 完颜青 耶律明 万俟远 范姜文 张简明 欧阳与之 司马及第 上官和平
和绍华 和云 和志刚 和平平 和丽华 李和 王和 张和 李和平 王和平 张太和 于和平 陈和生 赵永和 孙和顺 李克和 王与之 张与归 李与同 陈与义
与之恒 与小云 及宇 及小川 及第 王及人 马及远 李暨阳 暨南生 暨小云 跟小雨 张建和 周世和 黄与文 刘和光 吕和声 马和田 丁与时 郭及时 谢与归
师老 师小雨 师文静 师长河 张师 李师师 王师傅 马师文 师教成 师范 张老师 王校长 李主任 马园长 杨书记 陈教授 赵博士 王博士 张先生 刘同志
李若男 王亚男 张胜男 陈亦男 杨男 马女 王女青 李小女 刘等 王平等 李平等 张高等 马学等 陈一等 杨何等 周上等 班主任 时任平 原主持 党员生
阿依古丽·买买提 买买提江·吐尔逊 买买提·艾力 艾力·买买提 吐尔逊·阿不都 古丽·艾尼瓦尔 阿卜杜拉·艾山 阿不都热合曼·阿里 迪丽热巴·木拉提 玉素甫·哈斯木 热孜亚·依明 帕提古丽·沙吾提 努尔兰·叶尔江 叶尔波力·努尔别克 阿迪力·司马义 穆罕默德·尤素夫 马·哈三 马·阿里 哈·马哈麻 艾·古丽
约翰·沃尔夫冈·冯·歌德 卡尔·马克思 艾山·艾力·古丽 阿尔斯兰·马木提·艾山 米热古丽·艾合买提 库尔班·热依木 赛力克·马合木提 马木提·马合苏 西尔艾力·马木提 伊力哈木·白克力 玛依拉·金斯古丽 加马力·白山 古力娜·高拉 艾则孜·史曼 塔依尔·苏来曼 巴合提·胡马尔 托合提·罗孜 夏依旦·夏木西 阿曼太·叶斯木 尼加提·石拉木
买买提.艾力 买买提．艾力 买买提-艾力 买买提—艾力 买买提•艾力 买买提‧艾力 买买提・艾力 阿依古丽.马木提 艾力.高娃 马.哈三
马哈麻 马依布拉 马尔撒 买合苏木 哈文 哈三 纳文静 纳训 撒贝 拜学英 锁永红 者文静 海小龙 虎文霞 妥明 喇秉礼 闪光 闪学文 速文 脱红 丑小云 沐雪 马易卜拉欣 尤素福 丁尔萨
乌云塔娜 乌云其木格 斯琴高娃 斯琴 萨仁图雅 孟和巴图 孟和 巴图孟和 布和朝鲁 布和 苏和巴特尔 呼和牧仁 那顺孟和 宝音孟和 额尔敦布和 青格乐 阿拉坦其其格 娜仁托娅 白音朝克图 包孟和 苏日娜 特木尔巴根 达来 格日勒图
扎西多吉 次仁卓玛 才让东智 尼玛次仁 格桑曲珍 白玛旺堆 索南加措 桑吉 拉毛草 央金 完么才让 加羊 朴正和 金与贤 南宫与 崔和英 李准与 玄彬 鲜于与 具本和
张 三 李 四 王 小 明 欧阳 明 欧阳 明月 诸葛 青云 张  三 王　五 李 雷 张 三丰 上官 婉 云 司马 光远 买买提 艾力 阿依古丽 买买提 斯琴 高娃 乌云 塔娜 孟和 巴图 娜仁 托娅 次仁 卓玛
`;

/** Names with spaces stand on the last line of the list and are listed here as they are. */
const spacedNames = [
  [
    "张 三",
    "李 四",
    "王 小 明",
    "欧阳 明",
    "欧阳 明月",
    "诸葛 青云",
    "张  三",
    "王　五",
    "李 雷",
    "张 三丰",
    "上官 婉 云",
    "司马 光远",
  ],
  [
    "买买提 艾力",
    "阿依古丽 买买提",
    "斯琴 高娃",
    "乌云 塔娜",
    "孟和 巴图",
    "娜仁 托娅",
    "次仁 卓玛",
    "Mary Ann Smith",
    "Li Lei",
    "WANG Xiaoming",
  ],
  [
    "José María",
    "J. R. R. Tolkien",
    "J.K.Rowling",
    "O'Brien",
    "Jean-Pierre Dupont",
    "Smith, John",
    "Anne-Marie",
    "Van der Berg",
    "Martin Luther King Jr.",
    "Nan",
  ],
].flat();

const compact = hardNames
  .trim()
  .split("\n")
  .slice(0, -1)
  .flatMap((line) => line.split(" "));
const allHard = [...compact, ...spacedNames];

const dotless = (s: string) => s.replace(/[\s\u3000·.．•‧・—-]/g, "");

describe("hard names stay whole", () => {
  test("there are at least 200 of them, and none is split", () => {
    expect(new Set(allHard).size).toBeGreaterThanOrEqual(200);
    const split = allHard.filter((name) => readPeople(name).people.length !== 1 || readPeople(name).others);
    expect(split).toEqual([]);
  });

  test("nothing of them is taken for a title, a number or a mark", () => {
    expect(allHard.filter((name) => dotless(namesIn(name).join("|")) !== dotless(name))).toEqual([]);
  });
});

/** What stands in one cell, and the people it means. */
const several: readonly (readonly [string, string])[] = [
  ...[..."、﹑，,;；/／|｜&＆+＋\n\\。:：_=~"].map((mark): [string, string] => [
    `张三丰${mark}李四光`,
    "张三丰 李四光",
  ]),
  ...["\t", " ", "  ", "    ", "　", "\u00a0", " / ", " 、", "、 ", "\r\n", "以及", "及其", "、和"].map(
    (mark): [string, string] => [`张三丰${mark}李四光`, "张三丰 李四光"],
  ),
  ...["和", "与", "及", "暨", " 和 ", "跟", "·", ".", "．", "-", "—", "•"].map((mark): [string, string] => [
    `张三丰${mark}李四光`,
    "张三丰 李四光",
  ]),
  ["1.张三丰 2.李四光", "张三丰 李四光"],
  ["1.张三丰2.李四光", "张三丰 李四光"],
  ["1、张三丰 2、李四光", "张三丰 李四光"],
  ["1、张三丰2、李四光3、王五一", "张三丰 李四光 王五一"],
  ["1）张三丰2）李四光", "张三丰 李四光"],
  ["1) 张三丰 2) 李四光", "张三丰 李四光"],
  ["（1）张三丰（2）李四光", "张三丰 李四光"],
  ["(1)张三丰\n(2)李四光", "张三丰 李四光"],
  ["①张三丰②李四光③王五一", "张三丰 李四光 王五一"],
  ["⑴张三丰⑵李四光", "张三丰 李四光"],
  ["⒈张三丰⒉李四光", "张三丰 李四光"],
  ["㈠张三丰㈡李四光", "张三丰 李四光"],
  ["❶张三丰❷李四光", "张三丰 李四光"],
  ["一、张三丰 二、李四光", "张三丰 李四光"],
  ["一、张三丰二、李四光三、王五一", "张三丰 李四光 王五一"],
  ["（一）张三丰（二）李四光", "张三丰 李四光"],
  ["01.张三丰\n02.李四光", "张三丰 李四光"],
  ["1张三丰、2李四光", "张三丰 李四光"],
  ["第一作者：张三丰；第二作者：李四光", "张三丰 李四光"],
  ["主持人：张三丰 成员：李四光 王五一", "张三丰 李四光 王五一"],
  ["张三丰（主持人）、李四光（成员）", "张三丰 李四光"],
  ["张三丰（西吉县第一小学）、李四光（西吉县第二小学）", "张三丰 李四光"],
  ["张三丰(西吉一小、西吉二小),李四光", "张三丰 李四光"],
  ["张三丰（成员：李四光）", "张三丰 李四光"],
  ["张三丰（李四光、王五一）", "张三丰 李四光 王五一"],
  ["张三丰（欧阳明华、司马光远）", "张三丰 欧阳明华 司马光远"],
  ["王 小 张三", "王小 张三"],
  ["张三丰（一小，李四光", "张三丰 李四光"],
  ["张三丰【男】李四光【女】", "张三丰 李四光"],
  ["张三丰老师、李四光老师", "张三丰 李四光"],
  ["张三丰老师和李四光老师", "张三丰 李四光"],
  ["张三丰 老师 李四光 老师", "张三丰 李四光"],
  ["张三丰校长，李四光副校长", "张三丰 李四光"],
  ["张三丰，男，高级教师；李四光，女，一级教师", "张三丰 李四光"],
  ["张三丰 13900000001 李四光 13900000002", "张三丰 李四光"],
  ["张三丰13900000001、李四光13900000002", "张三丰 李四光"],
  ["张三丰 zhang@example.com；李四光 li@example.com", "张三丰 李四光"],
  ["张三丰、", "张三丰"],
  ["、张三丰", "张三丰"],
  ["张三丰、无", "张三丰"],
  ["张三丰/", "张三丰"],
  ["张三丰、李四光、", "张三丰 李四光"],
  ["张三和李四", "张三 李四"],
  ["张三与李四及王五", "张三 李四 王五"],
  ["张三、李四和王五", "张三 李四 王五"],
  ["王和平和李明", "王和平 李明"],
  ["王和平、李与之", "王和平 李与之"],
  ["李和、王和平", "李和 王和平"],
  ["和云和和平平", "和云 和平平"],
  ["欧阳明、司马光远", "欧阳明 司马光远"],
  ["欧阳明 上官云", "欧阳明 上官云"],
  ["欧阳 明、上官 云", "欧阳明 上官云"],
  ["欧阳明和上官云", "欧阳明 上官云"],
  ["周一 吴二 郑三 王四 冯五", "周一 吴二 郑三 王四 冯五"],
  ["周一　吴二　郑三", "周一 吴二 郑三"],
  ["周 一、吴 二", "周一 吴二"],
  ["周 一  吴 二", "周一 吴二"],
  ["周一.吴二.郑三.王四.冯五", "周一 吴二 郑三 王四 冯五"],
  ["周一·吴二·郑三·王四·冯五", "周一 吴二 郑三 王四 冯五"],
  ["周一和吴二和郑三和王四和冯五", "周一 吴二 郑三 王四 冯五"],
  ["1.周一 2.吴二 3.郑三 4.王四 5.冯五", "周一 吴二 郑三 王四 冯五"],
  ["周一;吴二;郑三", "周一 吴二 郑三"],
  ["甲一、甲二", "甲一 甲二"],
  ["甲一 乙二", "甲一 乙二"],
  ["甲一和乙二", "甲一 乙二"],
  ["乙2、丙2", "乙2 丙2"],
  ["伴某1、共某", "伴某1 共某"],
  ["买买提·艾力、阿依古丽·买买提", "买买提·艾力 阿依古丽·买买提"],
  ["买买提·艾力和张三丰", "买买提·艾力 张三丰"],
  ["张三丰 买买提·艾力", "张三丰 买买提·艾力"],
  ["張三豐·劉備", "張三豐 劉備"],
  ["歐陽明 張三", "歐陽明 張三"],
  ["阿不都·热合曼 买买提·艾力", "阿不都·热合曼 买买提·艾力"],
  ["张三丰和阿依古丽", "张三丰 阿依古丽"],
  ["张三丰 阿依古丽", "张三丰 阿依古丽"],
  ["乌云塔娜、斯琴高娃", "乌云塔娜 斯琴高娃"],
  ["孟和巴图 李明", "孟和巴图 李明"],
  ["马哈麻/马依布拉", "马哈麻 马依布拉"],
  ["马小明 哈文", "马小明 哈文"],
  ["纳文静 撒小云 锁永红", "纳文静 撒小云 锁永红"],
  ["张三、Tom Smith", "张三 Tom+Smith"],
  ["Li Lei and Han Meimei", "Li+Lei Han+Meimei"],
  ["Li Lei & Han Meimei", "Li+Lei Han+Meimei"],
  ["Li Lei, Han Meimei", "Li+Lei Han+Meimei"],
  ["Mary Ann Smith; José", "Mary+Ann+Smith José"],
  ["张三丰★、李四光*", "张三丰 李四光"],
  ["“张三丰”“李四光”", "张三丰 李四光"],
  ["张三丰、李四光（通讯作者）*", "张三丰 李四光"],
  ["张三丰（1980年生）、李四光（1982年生）", "张三丰 李四光"],
  ["作者1：张三丰 作者2：李四光", "张三丰 李四光"],
  ["组长：张三丰，组员：李四光、王五一、赵六安", "张三丰 李四光 王五一 赵六安"],
  ["张三丰、李四光、王五一、赵六安、钱七宝、孙八斤", "张三丰 李四光 王五一 赵六安 钱七宝 孙八斤"],
  ["张\u200b三丰\u200b、李四光", "张三丰 李四光"],
  ["暂无、无", ""],
  ["无", ""],
  ["/", ""],
  ["——", ""],
];

describe("cells of several people", () => {
  test("there are at least 100", () => expect(several.length).toBeGreaterThanOrEqual(100));

  test.for(several)("%j", ([cell, names]) => {
    expect(namesIn(cell)).toEqual(names === "" ? [] : names.split(" ").map((name) => name.replace(/\+/g, " ")));
  });
});

describe("one person with something around the name", () => {
  test.for([
    ...[
      "张三丰（主持人）",
      "张三丰(男)",
      "1.张三丰",
      "1、张三丰",
      "①张三丰",
      "（1）张三丰",
      "一、张三丰",
      "1 张三丰",
      "张三丰老师",
      "张三丰 老师",
      "张三丰教师",
    ],
    ...[
      "张三丰（西吉县第一小学）",
      "张三丰(原名张三)",
      "主持人：张三丰",
      "主持人:张三丰",
      "姓名：张三丰",
      "第一作者：张三丰",
      "作者1：张三丰",
      "张三丰 13900000000",
    ],
    ...[
      "张三丰13900000000",
      "高级教师张三丰",
      "张三丰高级教师",
      "张三丰正高级教师",
      "校长张三丰",
      "张三丰副校长",
      "张三丰同志",
      "张三丰（负责人）",
      "张三丰【主持】",
    ],
    ...[
      "*张三丰",
      "张三丰*",
      "“张三丰”",
      "张三丰（",
      "张三丰）",
      "张三丰。",
      "张三丰、",
      "（张三丰）",
      "【张三丰】",
      "张三丰（男，汉族，1980 年生）",
      "张三丰 男",
      "张三丰，男",
    ],
    ...[
      "张三丰 西吉县第一小学",
      "西吉县第一小学 张三丰",
      "西吉县第一小学张三丰",
      "张三丰，西吉县第一小学，高级教师",
      "张三丰 Zhang Sanfeng",
      "张三丰（Zhang Sanfeng）",
    ],
    ...[
      "张三丰 zhang@example.com",
      "班主任张三丰",
      "语文教师张三丰",
      "执教：张三丰",
      "张三丰/无",
      "张三丰,",
      "No.1 张三丰",
      "授课教师：张三丰（一小）",
      "张 三 丰",
      "张三丰\n",
    ],
  ])("%j", (cell) => expect(readPeople(cell)).toMatchObject({ people: [{ name: "张三丰" }], others: false }));

  test.for([
    ["张三丰等", "张三丰"],
    ["张三丰等人", "张三丰"],
    ["张三等3人", "张三"],
    ["张三丰等 5 人", "张三丰"],
    ["张三丰等三名教师", "张三丰"],
    ["张三丰团队", "张三丰"],
    ["张三丰及其团队", "张三丰"],
    ["张三丰名师工作室", "张三丰"],
    ["张三丰课题组", "张三丰"],
  ])("%s means others too", ([cell, name]) => {
    expect(readPeople(cell as string)).toEqual({ people: [{ name, note: "" }], others: true });
  });

  test("the bracket is told: it may hold the unit", () => {
    expect(readPeople("周一（西吉县第一小学）、吴二").people).toEqual([
      { name: "周一", note: "西吉县第一小学" },
      { name: "吴二", note: "" },
    ]);
  });
});

describe("properties", () => {
  /** Names of the list that beside others are taken for a role. */
  const roles = new Set(["班主任", "党员生", "原主持"]);
  const name = fc.constantFrom(...compact.filter((n) => /^[\u4e00-\u9fff]{2,4}$/.test(n) && !roles.has(n)));
  const separator = fc.constantFrom("、", "，", ",", "；", ";", "/", "|", "&", "+", "\n", " / ", "、\n");
  const around = fc.constantFrom<[string, string]>(
    ["", ""],
    ["1.", ""],
    ["", "（主持人）"],
    ["", "(西吉一小)"],
    ["", " 13900000000"],
    [" ", " "],
  );

  test("names with a hard separator between are these names, in this order", () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 2, maxLength: 6 }), separator, (names, mark) => {
        expect(namesIn(names.join(mark))).toEqual(names);
      }),
    );
  });

  test("what stands around a name changes nothing", () => {
    fc.assert(
      fc.property(name, around, (one, [before, behind]) => {
        expect(namesIn(before + one + behind)).toEqual([one]);
      }),
    );
  });

  test("reading a name that was read changes nothing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...allHard, ...several.map(([cell]) => cell)), (cell) => {
        for (const found of namesIn(cell)) expect(namesIn(found)).toEqual([found]);
      }),
    );
  });

  test("nothing breaks, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (cell) => {
        for (const found of namesIn(cell)) expect(found).not.toBe("");
      }),
    );
  });
});
