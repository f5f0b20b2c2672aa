import { useState } from "preact/hooks";
import type { AssignmentView } from "../views.ts";
import { grouped, percent } from "./numbers.ts";
import { Empty, Fact, focusOn, Heads, Notice, Part, ScrollTable, Texts, TextsPart } from "./parts.tsx";
import "./assignment.css";

function describeLoads(bars: AssignmentView["loads"][number]["bars"]): string {
  const experts = bars.reduce((sum, bar) => sum + bar.experts, 0);
  const [fewest, most] = [bars.at(0)?.load ?? 0, bars.at(-1)?.load ?? 0];
  return `${grouped(experts)} 人，每人 ${fewest === most ? most : `${fewest}–${most}`} 个`;
}

/** How many experts have how many cases, a chart for each stage; a list that reads well without its drawing. */
function Loads({ loads }: Pick<AssignmentView, "loads">) {
  const most = Math.max(...loads.flatMap(({ bars }) => bars.map((bar) => bar.experts)));
  return (
    <div class="stages">
      {loads.map(({ stage, bars }) => (
        <div key={stage}>
          <h3>
            {stage}
            <span>{describeLoads(bars)}</span>
          </h3>
          <ul class="bars">
            {bars.map(({ load, experts }) => (
              <li key={load}>
                <span class="label">{load} 个案例</span>
                <span class="track">
                  <span class="fill" style={{ width: `${percent(experts, most)}%` }} />
                </span>
                <span class="value">{grouped(experts)} 人</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function Unfilled({ unfilled }: Pick<AssignmentView, "unfilled">) {
  return (
    <ScrollTable label="缺少专家的案例">
      <Heads labels={["案例编号", "还缺", "原因"]} />
      <tbody>
        {unfilled.map(({ submission, missing, reason }) => (
          <tr key={submission}>
            <th scope="row">{submission}</th>
            <td class="number">{missing} 人</td>
            <td>{reason}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

/** The figures of a plan, whether it has been written or not. */
export function Plan({ view }: { readonly view: AssignmentView }) {
  const missing = view.unfilled.reduce((sum, each) => sum + each.missing, 0);
  return (
    <>
      <dl class="facts">
        <Fact label="参评案例" value={grouped(view.submissions)} />
        <Fact label="专家" value={grouped(view.experts)} />
        <Fact label="新分派" value={grouped(view.added)} />
        <Fact label="保留" value={grouped(view.kept)} />
        <Fact label="撤销" value={grouped(view.moved)} tone={view.moved > 0 ? "warning" : undefined} />
        <Fact label="疑似回避" value={`${grouped(view.suspected)} 对`} />
        <Fact label="缺少" value={grouped(missing)} tone={missing > 0 ? "warning" : "good"} />
      </dl>
      {view.shortages.length + view.unfilled.length > 0 && (
        <Part title="没有分派满的案例">
          <Texts texts={view.shortages} />
          {view.unfilled.length > 0 && <Unfilled unfilled={view.unfilled} />}
        </Part>
      )}
      <TextsPart title="请注意" texts={view.notes} look="texts problems" />
      <TextsPart title="疑似回避" texts={view.suspicion} />
      <Part title="每名专家的评审量">
        {view.loads.length > 0 && <Loads loads={view.loads} />}
        <p class="drawn">
          每个案例 {view.reviews} 名专家，随机种子 {view.seed}。
        </p>
      </Part>
      <TextsPart title="方案质量" texts={view.quality} />
    </>
  );
}

function leadOf(view: AssignmentView): string {
  if (view.added === 0 && view.moved === 0) return "与现有分派相比没有变化。";
  const moved = view.moved > 0 ? `，撤销 ${grouped(view.moved)} 份不再合适且未评分的分派` : "";
  return `确认后将新分派 ${grouped(view.added)} 份评审${moved}；已评分的一律保留。现在还没有写入任何内容。`;
}

/**
 * 分派预览: nothing has been written before it is confirmed.
 *
 * @param apply writes the plan; what was written, in Chinese. @throws Error with a message for people
 * @param again makes the preview anew, where data may have changed since
 */
export function Assignment(props: {
  readonly view: AssignmentView;
  // biome-ignore lint/suspicious/noConfusingVoidType: hosts may tell it themselves
  apply(): Promise<string | undefined | void>;
  again?(): void;
  close(): void;
}) {
  const { view, apply, again, close } = props;
  const [state, setState] = useState<"shown" | "writing" | "written" | "refused">("shown");
  const [told, setTold] = useState("");
  const confirm = async () => {
    setState("writing");
    try {
      setTold((await apply()) || "接下来请运行“生成评分表”。");
      setState("written");
    } catch (error) {
      setTold((error as Error).message);
      setState("refused");
    }
  };
  const preview = () => {
    setState("shown");
    again?.();
  };
  const isDone = state === "written" || view.submissions === 0;
  return (
    <div class="assignment">
      <div class="plan">
        {state === "written" && <Empty title="分派已写入" text={told} tone="good" />}
        {state !== "written" && view.submissions === 0 && (
          <>
            <Empty title="没有可以分派的案例" text="请先在申报工作簿中推荐案例，并检查到没有错误。" />
            <Texts texts={view.notes} look="texts problems" />
          </>
        )}
        {!isDone && (
          <>
            <p class="lead">{leadOf(view)}</p>
            <Plan view={view} />
          </>
        )}
      </div>
      <footer class="actions">
        {isDone && (
          <button type="button" class="primary" ref={focusOn} onClick={close}>
            关闭
          </button>
        )}
        {!isDone && state === "refused" && <Notice tone="bad" text={told} />}
        {!isDone && (
          <button type="button" disabled={state === "writing"} onClick={close}>
            {state === "refused" ? "关闭" : "取消"}
          </button>
        )}
        {!isDone && state === "refused" && again && (
          <button type="button" class="primary" onClick={preview}>
            重新预览
          </button>
        )}
        {!isDone && state !== "refused" && (
          <button type="button" class="primary" disabled={state === "writing"} onClick={confirm}>
            {state === "writing" ? "正在写入…" : "确认分派"}
          </button>
        )}
      </footer>
    </div>
  );
}
