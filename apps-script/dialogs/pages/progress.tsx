import { useEffect, useRef, useState } from "preact/hooks";
import type { ExpertView, ProgressView, RemindersView } from "../views.ts";
import { grouped, percent } from "./numbers.ts";
import { Empty, Failed, focusOn, Heads, Loaded, Loading, Notice, ScrollTable, Segments, TextsPart } from "./parts.tsx";
import { Reminders } from "./reminders.tsx";
import { isLive, type Watch, watchJob } from "./watch-job.ts";
import "./progress.css";

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

/** What can be done with a job. @throws Error with a message for people */
export interface JobControls {
  pause(): Promise<void>;
  resume(): Promise<void>;
  cancel(): Promise<void>;
}

/** 进度 of a long action, which is watched, of the experts' scores, and 催交文字. */
export function Progress(props: {
  load(): Promise<ProgressView>;
  loadReminders(): Promise<RemindersView>;
  readonly controls: JobControls;
}) {
  const { load, loadReminders, controls } = props;
  const [view, setView] = useState<ProgressView>();
  const [fault, setFault] = useState("");
  const [isActing, setActing] = useState(false);
  const watch = useRef<Watch>();
  useEffect(() => {
    watch.current = watchJob(load, (told) => {
      if (!(told instanceof Error)) setView(told);
      setFault(told instanceof Error ? told.message : "");
    });
    void watch.current.look();
    return () => watch.current?.end();
  }, []);
  const [refused, setRefused] = useState("");
  const act = async (control: () => Promise<void>) => {
    setActing(true);
    setRefused("");
    try {
      await control();
    } catch (error) {
      setRefused((error as Error).message);
    }
    setActing(false);
    await watch.current?.look();
  };

  const again = () => {
    setFault("");
    void watch.current?.look();
  };
  if (!view && fault !== "") return <Failed message={fault} retry={again} />;
  if (!view) return <Loading text="正在读取进度…" />;
  return (
    <div class="progress">
      <div aria-live="polite">
        {refused !== "" && <Notice tone="bad" text={refused} />}
        {fault !== "" && <Notice tone="bad" text={`暂时读不到进度，稍后会自动再试。${fault}`} />}
      </div>
      {view.state !== "none" && <Job view={view} controls={controls} act={act} isActing={isActing} />}
      {view.state === "none" && view.experts.length === 0 && (
        <Empty title="还没有运行过耗时的操作" text="“生成评分表”“催交提醒”“收集评分”运行时，这里显示进度。" />
      )}
      <TextsPart
        title={`需要留意的 ${grouped(view.problems.length)} 项（其余照常进行）`}
        texts={view.problems}
        look="texts problems"
      />
      {view.experts.length > 0 && <Experts experts={view.experts} />}
      <ReminderPart load={loadReminders} />
    </div>
  );
}

function Job(props: {
  readonly view: ProgressView;
  readonly controls: JobControls;
  act(control: () => Promise<void>): Promise<void>;
  readonly isActing: boolean;
}) {
  const { view, controls, act, isActing } = props;
  const { title, state, done, total, message, startedAt, updatedAt } = view;
  /** In which state somebody was asked whether to cancel. */
  const [asked, setAsked] = useState<ProgressView["state"]>();
  const times = [startedAt && `开始 ${startedAt.slice(5, 16)}`, updatedAt && `更新 ${updatedAt.slice(11, 19)}`];
  const isAsking = asked === state && !isActing;
  return (
    <section class="job" aria-label={title}>
      <div class="row spread">
        <p class="strong">{title}</p>
        <span class={stateBadges[state]}>{stateLabels[state]}</span>
      </div>
      <div
        class={`job-bar ${state}`}
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
      >
        <span style={{ width: `${percent(done, total)}%` }} />
      </div>
      <div class="row spread soft">
        <p>{`${grouped(done)} / ${grouped(total)}（${Math.floor(percent(done, total))}%）`}</p>
        <p>{times.filter((each) => each !== "").join(" · ")}</p>
      </div>
      <p role="status">{message}</p>
      {isLive(view) && isAsking && (
        <div class="row">
          <span>确定取消？已经做完的部分会保留。</span>
          <button type="button" class="danger" onClick={() => act(controls.cancel)}>
            确定取消
          </button>
          <button type="button" ref={focusOn} onClick={() => setAsked(undefined)}>
            不取消
          </button>
        </div>
      )}
      {isLive(view) && !isAsking && (
        <div class="row">
          {state === "running" ? (
            <button type="button" disabled={isActing} onClick={() => act(controls.pause)}>
              暂停
            </button>
          ) : (
            <button type="button" class="primary" disabled={isActing} onClick={() => act(controls.resume)}>
              继续
            </button>
          )}
          <button type="button" class="quiet" disabled={isActing} onClick={() => setAsked(state)}>
            取消任务
          </button>
        </div>
      )}
    </section>
  );
}

/** Who has scored how many, with a search. */
export function Experts({ experts }: { readonly experts: readonly ExpertView[] }) {
  const [text, setText] = useState("");
  const [which, setWhich] = useState<Which>("all");
  const scored = experts.reduce((sum, expert) => sum + expert.scored, 0);
  const assigned = experts.reduce((sum, expert) => sum + expert.assigned, 0);
  const late = experts.filter((expert) => expert.scored < expert.assigned).length;
  const hasSheets = experts.some(({ sheet }) => sheet !== undefined);
  const found = experts.filter(
    (expert) =>
      [expert.id, expert.name, expert.unit].join("\n").toLowerCase().includes(text.trim().toLowerCase()) &&
      (which === "all" || (which === "missing" ? expert.scored < expert.assigned : expert.sheet === "none")),
  );
  return (
    <section class="part experts">
      <div class="row spread">
        <h2>专家评分情况</h2>
        <p class="soft">
          已收 {grouped(scored)} / {grouped(assigned)} 份{late > 0 && `，${grouped(late)} 人未交齐`}
        </p>
      </div>
      <div class="filter">
        <input
          type="search"
          aria-label="搜索专家编号、姓名或单位"
          placeholder="搜索专家编号、姓名或单位"
          autocomplete="off"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Segments<Which>
          label="筛选专家"
          options={[["all", "全部"], ["missing", "未交齐"], ...(hasSheets ? [["none", "无评分表"] as const] : [])]}
          chosen={which}
          choose={setWhich}
        />
      </div>
      <ScrollTable label="专家评分情况">
        <Heads labels={["专家", "已评 / 应评", ...(hasSheets ? ["评分表"] : [])]} numbers={["已评 / 应评"]} />
        <tbody>
          {found.length === 0 && (
            <tr>
              <td colSpan={3} class="soft">
                没有符合条件的专家。
              </td>
            </tr>
          )}
          {found.map((expert) => (
            <ExpertRow key={expert.id} expert={expert} />
          ))}
        </tbody>
      </ScrollTable>
    </section>
  );
}

function ExpertRow({ expert: { id, name, unit, assigned, scored, sheet } }: { readonly expert: ExpertView }) {
  return (
    <tr>
      <th scope="row">
        {id} {name} <span class="soft">{unit}</span>
      </th>
      <td class="number">
        <span class="track" aria-hidden="true">
          <span class={scored >= assigned ? "fill all" : "fill"} style={{ width: `${percent(scored, assigned)}%` }} />
        </span>
        {scored} / {assigned}
      </td>
      {sheet && (
        <td>
          <span class={sheet === "none" ? "badge warning" : "badge"}>{sheet === "none" ? "未生成" : "在线"}</span>
        </td>
      )}
    </tr>
  );
}

/** Both workbooks are read for it, so that it is done on demand only. */
function ReminderPart({ load }: { load(): Promise<RemindersView> }) {
  /** How often it was asked for. */
  const [asked, setAsked] = useState(0);
  const part = useRef<HTMLElement>(null);
  // The list has all of the window from the click on: it would begin below it.
  useEffect(() => {
    if (asked > 0) part.current?.scrollIntoView({ block: "start" });
  }, [asked]);
  return (
    <section class={asked > 0 ? "part listed" : "part"} ref={part}>
      <div class="row spread">
        <h2>催交文字</h2>
        <button type="button" class="quiet" onClick={() => setAsked(asked + 1)}>
          {asked === 0 ? "列出来" : "刷新"}
        </button>
      </div>
      <p class="soft">给每个没有报齐的单位、没有交齐的专家写好一段话，复制后粘贴到聊天里。</p>
      {asked > 0 && (
        <Loaded key={asked} waits="正在看谁还没有交…" load={load}>
          {(view) => <Reminders view={view} />}
        </Loaded>
      )}
    </section>
  );
}
