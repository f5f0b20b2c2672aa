import { noAward, unitKindLabels } from "../../../core/schema/choices.ts";
import type { RankingView } from "../../views.ts";
import { button, byId, element, fact, section, textList } from "../common/dom.ts";
import { grouped, percent, points } from "../common/numbers.ts";
import { callServer } from "../common/server.ts";
import { empty, failed, loading } from "../common/states.ts";
import { drawHistogram, drawSeverities } from "./charts.ts";

type Group = RankingView["groups"][number];

const content = byId("content");
const tabs = byId("groups");
const rest = byId("rest");

/** The direct schools have no track; where they rank apart the group bears their name. */
const nameOf = ({ field, track }: Group) => `${field} ${track || unitKindLabels.school}`;

const chance = (probability: number | null) => (probability === null ? "—" : `${Math.round(percent(probability, 1))}%`);

function nearLineTable({ nearLine }: Group): HTMLElement | undefined {
  if (nearLine.length === 0) return undefined;
  const heads = ["名次", "案例", "得分", "获奖概率", "奖项"].map((label, i) =>
    element("th", { scope: "col", class: [0, 2, 3].includes(i) ? "number" : "" }, label),
  );
  const lastAwarded = nearLine.reduce((last, { award }, i) => (award === "" ? last : i), -1);
  const rows = nearLine.map(({ rank, id, title, score, award, probability }, i) =>
    element(
      "tr",
      { class: lastAwarded >= 0 && i === lastAwarded + 1 ? "below-line" : "" },
      element("td", { class: "number" }, String(rank)),
      element(
        "td",
        {},
        element(
          "div",
          { class: "case" },
          element("span", { class: "title", title }, title),
          element("span", { class: "id" }, id),
        ),
      ),
      element("td", { class: "number" }, points(score)),
      element("td", { class: "number" }, chance(probability)),
      element("td", {}, element("span", { class: award === "" ? "badge" : "badge good" }, award || noAward)),
    ),
  );
  return element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows));
}

function groupPanel(group: Group): HTMLElement {
  const chart = drawHistogram(group);
  const facts = element(
    "dl",
    { class: "facts" },
    fact("参加排名", grouped(group.ranked)),
    fact("获奖", grouped(group.winners), group.winners > 0 ? "good" : ""),
    fact("奖项线", group.awardLine === null ? "—" : points(group.awardLine)),
  );
  const left = element("div", {}, facts, section("得分分布", chart) ?? "");
  const right = element("div", {}, section("奖项线附近的案例", nearLineTable(group)) ?? "");
  return element("div", { class: "wide", role: "tabpanel", "aria-label": nameOf(group) }, left, right);
}

function select(groups: readonly Group[], index: number): void {
  for (const [i, tab] of [...tabs.children].entries()) {
    tab.setAttribute("aria-selected", String(i === index));
    tab.setAttribute("tabindex", i === index ? "0" : "-1");
  }
  content.replaceChildren(...groups.slice(index, index + 1).map(groupPanel));
}

function showTabs(groups: readonly Group[]): void {
  tabs.replaceChildren(
    ...groups.map((group, i) => {
      const tab = button("", () => select(groups, i), { role: "tab" });
      tab.append(
        element("b", {}, nameOf(group)),
        element("small", {}, `${grouped(group.ranked)} 个 · 获奖 ${group.winners}`),
      );
      return tab;
    }),
  );
  tabs.onkeydown = (event) => {
    const moves: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const at = [...tabs.children].findIndex((tab) => tab.getAttribute("aria-selected") === "true");
    const next = (at + move + groups.length) % groups.length;
    select(groups, next);
    (tabs.children[next] as HTMLElement).focus();
  };
  tabs.hidden = groups.length === 0;
}

function idList(ids: readonly string[]): HTMLElement | undefined {
  return textList(ids, "ids");
}

function severityPanel({ calibration, severities }: RankingView): HTMLElement | undefined {
  if (calibration === "") return undefined;
  const chart = drawSeverities(severities);
  return element("div", {}, ...(chart ? [chart] : []), element("p", { class: "hint" }, `${calibration}。`));
}

function showRest(view: RankingView): void {
  const { pending, arbitration, arbitrated, open, notes, methodDependent, proposal, noteworthy, late } = view;
  const wide = arbitration.map(({ id, range }) => `${id}（极差 ${points(range)}）`);
  const parts = [
    section(`待定 ${grouped(open.length)} 项：定下之前不能公布名单`, textList(open, "texts problems")),
    section("请注意", textList(notes, "texts problems")),
    section("专家宽严", severityPanel(view)),
    section(
      `值得留意的专家 ${grouped(noteworthy.length)} 名，图中为棕色；各项数字见“专家情况”`,
      textList(
        noteworthy.map(({ expert, status }) => `${expert}：${status}`),
        "texts remarks",
      ),
      late > 0 ? element("p", { class: "hint" }, `另有 ${grouped(late)} 名专家的评分在评审截止后收回。`) : undefined,
    ),
    section(
      `奖项因计分方法而不同 ${grouped(methodDependent.length)} 个：平均分、去极值平均分、校准分给出的奖项不一样`,
      idList(methodDependent),
    ),
    section(
      `建议加评 ${grouped(proposal.length)} 个：获奖与否最难分辨，再次分派会各增加一名专家`,
      idList(proposal.map(({ id, probability }) => `${id}（获奖概率 ${chance(probability)}）`)),
    ),
    section(`待复评 ${grouped(arbitration.length)} 个：极差超过阈值，再次分派会增加一名专家`, idList(wide)),
    section(
      `已复评 ${grouped(arbitrated.length)} 个：各专家的分数，以及得分是怎样取的`,
      textList(
        arbitrated.map(({ id, explanation }) => `${id}：${explanation}`),
        "texts remarks",
      ),
    ),
    section(`待评 ${grouped(pending.length)} 个：评分没有收齐，暂不参加排名`, idList(pending)),
  ];
  rest.replaceChildren(...parts.filter((part) => part !== undefined));
}

function show(view: RankingView): void {
  showTabs(view.groups);
  showRest(view);
  const first = Math.max(
    0,
    view.groups.findIndex((group) => group.ranked > 0),
  );
  if (view.groups.length > 0) select(view.groups, first);
  else content.replaceChildren(empty("还没有可以排名的案例", "收齐评分之后，再运行“汇总排名”。"));
}

async function load(): Promise<void> {
  tabs.hidden = true;
  rest.replaceChildren();
  content.replaceChildren(loading("正在读取排名…"));
  try {
    show(await callServer("loadRanking"));
  } catch (error) {
    content.replaceChildren(failed((error as Error).message, load));
  }
}

void load();
