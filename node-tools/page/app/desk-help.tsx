import { useEffect, useState } from "preact/hooks";
import { severityLabels } from "../../../apps-script/core/schema/choices.ts";
import { Help } from "../../../apps-script/dialogs/pages/help.tsx";
import type { HelpView } from "../../../apps-script/dialogs/views.ts";
import type { Desk } from "../protocol.ts";
import { Drawer } from "./drawer.tsx";
import { remote } from "./remote.ts";

const kept = [
  "所有文件都在这台电脑上处理，不上传，不联网。没有保存就关掉的，下次打开会问要不要接着做。",
  "公用电脑上用完，保存好文件以后点“清除本机痕迹”。",
];
const askAdministrator = "文件打不开、数据对不上：请联系把文件发给您的管理员。";

const helps: Readonly<Record<Desk, HelpView>> = {
  start: {
    title: "怎么开始",
    steps: [
      "把文件拖到页面上，或点“选择文件”：填报表打开单位的桌面，评分表打开专家的桌面，评案簿和名册、导出等打开管理员的桌面。",
      "单位还没有填报表的，点“我是单位的填报人，还没有填报表”，写上单位全称。",
      "管理员新办一次征集评审，点“新办一次征集评审”；想先看看是什么样，点“用附带的例子试一试”。",
      "打开文件夹的（Edge、Chrome、360、QQ 浏览器），改动直接写在里面；拖文件进来的，做完点“保存全部（.zip）”。",
    ],
    marks: [],
    advice: kept,
    ask: { about: "不知道该拖哪个文件、文件打不开：", contact: "", otherwise: "请联系把文件发给您的管理员。" },
  },
  unit: {
    title: "怎么填",
    steps: [
      "左边选一个案例，右边填它的各栏；没有的案例点“＋ 新增一个案例”。",
      "哪一栏有问题，问题、改法和依据就写在哪一栏下面；改了马上重新判断。",
      "正文各部分旁边是字数和上限。",
      "“表格”里是填报表的案例、专家、联络员各表，打字即改，也可以从 WPS、Excel 整块粘贴；专家和联络员在这里填。",
      "改错了点“撤销”（Ctrl+Z），撤错了点“重做”（Ctrl+Y）；关掉页面以前，一步一步都可以退回去。",
      "“推荐建议”按初评得分和名额建议推荐哪些案例，由单位打勾决定。",
      "“人工核对”是程序看不见、要打开视频和图片看的，看过没有问题的打勾。",
      "“材料核查”读各案例的材料文件夹：列出问题，查到的可以填进空着的格。",
      "“一键更正”列出不用问人的小毛病，看过再改；原来的内容留在那一格的批注里。",
      "“本单位”里是名额用了多少，专家、联络员还差什么；汇总表、附件和检查报告也在这里生成。",
      "点“保存填报表，交给管理员”：保存的是原来那个文件，您和同事写的其他内容都在。",
    ],
    marks: [
      { style: "wrong", term: severityLabels.error, meaning: "必须改正。" },
      { style: "doubtful", term: severityLabels.warning, meaning: "请核对；确实无误的可以不改。" },
      { style: "hinted", term: severityLabels.info, meaning: "一般无需处理。" },
    ],
    advice: ["跨单位的重复、全区的名额，要等管理员合并以后才能检查出来。", ...kept],
    ask: { about: "填报和名额问题：", contact: "", otherwise: askAdministrator },
  },
  expert: {
    title: "怎么打分",
    steps: [
      "左边选案例，中间看正文，右边逐项打分。",
      "直接打字，或按 ↑ ↓，或点 − ＋，以 0.5 为一档；按 Tab 到下一项。填错了，马上说哪里错、应为什么。",
      "要回避的，在“回避”里写“是”和原因，如：是，本人参与指导。",
      "左上角是还差几个，和您自己评分的分布。",
      "评完点“保存评分表，交回管理员”，把这个文件交回。",
    ],
    marks: [],
    advice: ["评分表里没有作者的任何信息，也没有其他专家的评分。", ...kept],
    ask: { about: "评分标准和案例材料：", contact: "", otherwise: "请联系把评分表发给您的管理员。" },
  },
  administrator: {
    title: "怎么办",
    steps: [
      "左边从上到下一步一步做：打勾的做完了，“下一步”是现在该做的；上方是到了哪个阶段、还有什么没了。",
      "每一步先选文件和选项，再点按钮；能先看结果的，点“先看结果，不写入”。",
      "长的步骤可以“取消”，文件不会改动；做错了点“撤销上一步”。",
      "“检查”以后点一个问题，就看到那个案例在各表里的全部内容；上方也可以按编号、名称、单位、作者查。",
      "收回的同一份评分有两个版本的，点一下写明以哪个为准。",
      "“裁定”先看影响，再写入，然后重新“汇总排名”。",
    ],
    marks: [],
    advice: ["工作簿是普通的 .xlsx，随时可以用 WPS、Excel 打开；正开着的不会被覆盖。", ...kept],
    ask: { about: "办法和日期以通知为准；", contact: "", otherwise: "程序出错，请先保存全部文件，再联系维护者。" },
  },
};

/** 帮助 of a desk, above it. @param form path of the 填报表 that is open: its notice says whom to call */
export function DeskHelp(props: { readonly desk: Desk; readonly form: string | undefined; close(): void }) {
  const { desk, form, close } = props;
  const [contact, setContact] = useState("");
  useEffect(() => {
    if (form !== undefined) remote.readContact(form).then(setContact, () => {});
  }, [form]);
  const help = helps[desk];
  return (
    <Drawer title="帮助" close={close}>
      <Help view={{ ...help, ask: { ...help.ask, contact } }} />
    </Drawer>
  );
}
