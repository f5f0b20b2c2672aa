import type { ProgressView } from "../../views.ts";
import { button, byId, element, textList } from "../common/dom.ts";
import { grouped, percent } from "../common/numbers.ts";
import { callServer } from "../common/server.ts";
import { empty, failed, loading, notice } from "../common/states.ts";
import { firstDelay, nextDelay } from "./pace.ts";
import { showReminders } from "./reminders.ts";

type Expert = ProgressView["experts"][number];
type Which = "all" | "missing" | "none";

const stateLabels: Readonly<Record<ProgressView["state"], string>> = {
  none: "",
  running: "正在进行",
  paused: "已暂停",
  done: "已完成",
  cancelled: "已取消",
  failed: "没有完成",
};
const stateBadges: Readonly<Record<ProgressView["state"], string>> = {
  none: "badge",
  running: "badge",
  paused: "badge warning",
  done: "badge good",
  cancelled: "badge",
  failed: "badge error",
};
const sheetLabels: Readonly<Record<Expert["sheet"], string>> = { online: "在线", packet: "文件", none: "未生成" };

const content = byId("content");
const told = byId("told");
const controls = byId("controls");

let view: ProgressView | undefined;
let which: Which = "all";
let delay = firstDelay;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Counts requests: the answer to an older one is no news. */
let latest = 0;
let acting = false;

const isLive = ({ state }: ProgressView) => state === "running" || state === "paused";

function showBar({ title, state, done, total, message, startedAt, updatedAt }: ProgressView): void {
  byId("title").textContent = title;
  byId("state").textContent = stateLabels[state];
  byId("state").className = stateBadges[state];
  const bar = byId("bar");
  bar.className = `bar ${state}`;
  bar.setAttribute("aria-valuemax", String(total));
  bar.setAttribute("aria-valuenow", String(done));
  (bar.firstElementChild as HTMLElement).style.width = `${percent(done, total)}%`;
  byId("done").textContent = `${grouped(done)} / ${grouped(total)}（${Math.floor(percent(done, total))}%）`;
  const times = [startedAt && `开始 ${startedAt.slice(5, 16)}`, updatedAt && `更新 ${updatedAt.slice(11, 19)}`];
  byId("times").textContent = times.filter((each) => each !== "").join(" · ");
  byId("message").textContent = message;
}

async function act(name: "pauseJob" | "resumeJob" | "cancelJob"): Promise<void> {
  acting = true;
  showControls();
  told.replaceChildren();
  try {
    await callServer(name);
  } catch (error) {
    told.replaceChildren(notice((error as Error).message, "bad"));
  }
  acting = false;
  delay = firstDelay;
  await look();
}

function askToCancel(): void {
  const no = button("不取消", showControls);
  controls.replaceChildren(
    element("span", {}, "确定取消？已经做完的部分会保留。"),
    button("确定取消", () => void act("cancelJob"), { class: "danger" }),
    no,
  );
  no.focus();
}

let controlsShown = "";

/** Buttons are made anew only when they change, so that the focus stays on them while the bar moves. */
function showControls(): void {
  controlsShown = `${view?.state} ${acting}`;
  if (!view || !isLive(view)) {
    controls.replaceChildren();
    return;
  }
  const state = { disabled: acting };
  const toggle =
    view.state === "running"
      ? button("暂停", () => void act("pauseJob"), state)
      : button("继续", () => void act("resumeJob"), { ...state, class: "primary" });
  controls.replaceChildren(toggle, button("取消任务", askToCancel, { ...state, class: "quiet" }));
}

function showProblems({ problems }: ProgressView): void {
  const box = byId("problems");
  box.hidden = problems.length === 0;
  const list = textList(problems, "texts problems");
  box.replaceChildren(element("h2", {}, `需要留意的 ${grouped(problems.length)} 项（其余照常进行）`), list ?? "");
}

function expertRow({ id, assigned, scored, sheet }: Expert): HTMLElement {
  const fill = element("span", { class: scored >= assigned ? "fill all" : "fill" });
  fill.style.width = `${percent(scored, assigned)}%`;
  const numbers = element(
    "td",
    { class: "number" },
    element("span", { class: "track", "aria-hidden": "true" }, fill),
    `${scored} / ${assigned}`,
  );
  const badge = element("span", { class: sheet === "none" ? "badge warning" : "badge" }, sheetLabels[sheet]);
  return element("tr", {}, element("th", { scope: "row" }, id), numbers, element("td", {}, badge));
}

function showRows(): void {
  if (!view) return;
  const text = byId<HTMLInputElement>("search").value.trim().toLowerCase();
  const found = view.experts.filter(
    (expert) =>
      expert.id.toLowerCase().includes(text) &&
      (which === "all" || (which === "missing" ? expert.scored < expert.assigned : expert.sheet === "none")),
  );
  const none = element("tr", {}, element("td", { colspan: "3", class: "soft" }, "没有符合条件的专家。"));
  byId("rows").replaceChildren(...(found.length === 0 ? [none] : found.map(expertRow)));
}

function showExperts({ experts }: ProgressView): void {
  byId("experts").hidden = experts.length === 0;
  const scored = experts.reduce((sum, expert) => sum + expert.scored, 0);
  const assigned = experts.reduce((sum, expert) => sum + expert.assigned, 0);
  const late = experts.filter((expert) => expert.scored < expert.assigned).length;
  byId("collected").textContent =
    `已收 ${grouped(scored)} / ${grouped(assigned)} 份${late > 0 ? `，${grouped(late)} 人未交齐` : ""}`;
  showRows();
}

function showWhich(): void {
  const labels: readonly (readonly [Which, string])[] = [
    ["all", "全部"],
    ["missing", "未交齐"],
    ["none", "无评分表"],
  ];
  byId("which").replaceChildren(
    ...labels.map(([value, label]) =>
      button(
        label,
        () => {
          which = value;
          for (const each of byId("which").children)
            each.setAttribute("aria-pressed", String(each.textContent === label));
          showRows();
        },
        { "aria-pressed": String(value === which) },
      ),
    ),
  );
}

function show(loaded: ProgressView): void {
  const before = view;
  view = loaded;
  content.replaceChildren();
  byId("job").hidden = loaded.state === "none";
  if (loaded.state === "none" && loaded.experts.length === 0) {
    content.replaceChildren(empty("还没有运行过耗时的操作", "“生成评分表”“催交提醒”“收集评分”运行时，这里显示进度。"));
  }
  showBar(loaded);
  if (controlsShown !== `${loaded.state} ${acting}`) showControls();
  if (JSON.stringify(before?.problems) !== JSON.stringify(loaded.problems)) showProblems(loaded);
  if (JSON.stringify(before?.experts) !== JSON.stringify(loaded.experts)) showExperts(loaded);
}

function plan(): void {
  clearTimeout(timer);
  if (document.visibilityState === "visible" && view && isLive(view)) timer = setTimeout(() => void look(), delay);
}

async function look(): Promise<void> {
  clearTimeout(timer);
  latest++;
  const mine = latest;
  const previous = view;
  if (!view) content.replaceChildren(loading("正在读取进度…"));
  try {
    const loaded = await callServer("loadProgress");
    if (mine !== latest) return;
    delay = nextDelay(delay, loaded.done !== previous?.done || loaded.state !== previous?.state);
    if (told.dataset.trouble === "true") told.replaceChildren();
    told.dataset.trouble = "false";
    show(loaded);
  } catch (error) {
    if (mine !== latest) return;
    delay = nextDelay(delay, false);
    const { message } = error as Error;
    if (!view) content.replaceChildren(failed(message, () => void look()));
    else if (told.dataset.trouble !== "true") {
      told.dataset.trouble = "true";
      told.replaceChildren(notice(`暂时读不到进度，稍后会自动再试。${message}`, "bad"));
    }
  }
  plan();
}

byId("remind").addEventListener("click", () => void showReminders());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") clearTimeout(timer);
  else if (view && isLive(view)) void look();
});
byId("search").addEventListener("input", showRows);
showWhich();
void look();
