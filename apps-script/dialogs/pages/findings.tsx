import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { severityLabels } from "../../core/schema/choices.ts";
import type { FindingsView, FindingView } from "../views.ts";
import {
  type FindingGroup,
  type GroupOrder,
  groupFindings,
  makeSearch,
  type Severity,
  severities,
} from "./group-findings.ts";
import { grouped } from "./numbers.ts";
import { Empty, Notice, Segments } from "./parts.tsx";
import "./findings.css";

/** Findings put into the page at once; more come on demand. */
const portion = 100;
/** So few are shown opened: more would push the names of the other groups out of sight. */
const opensUpTo = 4;
const noUnit = "未写明单位";

/** Where a click on a finding leads. */
export interface FindingLink {
  /** What the click does, as a hint. */
  readonly title: string;
  /** @throws Error with a message for people */
  go(): Promise<void>;
}

type LinkOf = (finding: FindingView) => FindingLink | undefined;

/** What the parts of the list share. */
interface List {
  /** On paper everything is laid open. */
  readonly isPrinting: boolean;
  readonly rules: FindingsView["rules"];
  readonly linkOf: LinkOf;
  readonly current: FindingView | undefined;
  open(finding: FindingView, link: FindingLink): void;
}

/**
 * 检查结果: grouped by unit and by what is wrong, the worst first.
 *
 * @param linkOf undefined for a finding that leads nowhere
 * @param reload reads the view again, where the host can
 */
export function Findings(props: { readonly view: FindingsView; readonly linkOf: LinkOf; reload?(): void }) {
  const { view, linkOf, reload } = props;
  const [wanted, setWanted] = useState<ReadonlySet<Severity>>(new Set(severities));
  const [wantedUnit, setUnit] = useState("all");
  const [text, setText] = useState("");
  const [order, setOrder] = useState<GroupOrder>("unit");
  const [current, setCurrent] = useState<FindingView>();
  const [fault, setFault] = useState("");
  const isPrinting = useIsPrinting();
  const find = useMemo(() => makeSearch(view), [view]);
  const units = useMemo(() => [...new Set(view.findings.map(({ nominator }) => nominator))].sort(), [view]);
  useEffect(() => {
    setFault("");
    if (!severities.some((severity) => wanted.has(severity) && view.counts[severity] > 0))
      setWanted(new Set(severities));
  }, [view]);

  const open = (finding: FindingView, link: FindingLink) => {
    setCurrent(finding);
    setFault("");
    link.go().catch((error: Error) => setFault(error.message));
  };
  const toggle = (severity: Severity) => {
    const now = new Set(wanted);
    if (!now.delete(severity)) now.add(severity);
    setWanted(now);
  };
  // Values of the choice are marked, for "" is a unit of its own.
  const unit = units.find((name) => `=${name}` === wantedUnit);
  const found = find({ severities: wanted, unit, text });
  const isOneUnit = unit !== undefined || new Set(found.map(({ nominator }) => nominator)).size === 1;
  const outer = isOneUnit ? "rule" : order;
  const inner = isOneUnit ? undefined : order === "unit" ? "rule" : "unit";
  const groups = groupFindings(found, outer);
  const opens = found.length <= opensUpTo || groups.length === 1;
  const all = view.findings.length;
  return (
    <div class="findings">
      <header class="head">
        <p class="soft">
          {view.unit || "全部单位"}
          {view.checkedAt === "" ? "" : ` · ${view.checkedAt.slice(0, 16)} 检查`}
        </p>
        {reload && (
          <button type="button" class="quiet" onClick={reload}>
            刷新
          </button>
        )}
      </header>
      <div aria-live="polite">{fault !== "" && <Notice tone="bad" text={fault} />}</div>
      {all > 0 && (
        <form class="narrowing" onSubmit={(event) => event.preventDefault()}>
          <fieldset class="chips" aria-label="按级别筛选">
            {severities.map((severity) => (
              <button
                key={severity}
                type="button"
                class={severity}
                aria-pressed={wanted.has(severity)}
                onClick={() => toggle(severity)}
              >
                <b>{grouped(view.counts[severity])}</b>
                {severityLabels[severity]}
              </button>
            ))}
          </fieldset>
          <input
            type="search"
            aria-label="搜索"
            placeholder="搜索编号、问题或依据"
            autocomplete="off"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          {units.length > 1 && (
            <select
              aria-label="单位"
              value={unit === undefined ? "all" : wantedUnit}
              onChange={(event) => setUnit(event.currentTarget.value)}
            >
              <option value="all">{view.unit || `全部单位（${units.length} 个）`}</option>
              {units.map((name) => (
                <option key={name} value={`=${name}`}>
                  {name || noUnit}
                </option>
              ))}
            </select>
          )}
          <div class="row spread">
            {units.length > 1 && unit === undefined && (
              <Segments<GroupOrder>
                label="分组方式"
                options={[
                  ["unit", "按单位"],
                  ["rule", "按问题"],
                ]}
                chosen={order}
                choose={setOrder}
              />
            )}
            <p class="soft shown" role="status">
              {found.length === all ? `共 ${grouped(all)} 项` : `${grouped(found.length)} / ${grouped(all)} 项`}
            </p>
          </div>
        </form>
      )}
      {groups.map((group) => (
        <Group
          key={`${outer} ${opens} ${group.key}`}
          group={group}
          by={outer}
          inner={inner}
          opens={opens}
          list={{ isPrinting, rules: view.rules, linkOf, current, open }}
        />
      ))}
      {all === 0 && view.checkedAt === "" && <Empty title="还没有检查结果" text="请点菜单“评案簿 → 检查全部”。" />}
      {all === 0 && view.checkedAt !== "" && (
        <Empty title="没有发现问题" text="改动表格之后，请再检查一次。" tone="good" />
      )}
      {all > 0 && found.length === 0 && <Empty title="没有符合条件的问题" text="换一个词，或放宽上面的筛选条件。" />}
      {found.length > 0 && view.left > 0 && (
        <Notice tone="plain" text={`另有 ${grouped(view.left)} 项没有列出；改正一批后再检查一次。`} />
      )}
    </div>
  );
}

/** Whether the browser prints the page just now. */
function useIsPrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const [begin, end] = [() => setPrinting(true), () => setPrinting(false)];
    addEventListener("beforeprint", begin);
    addEventListener("afterprint", end);
    return () => {
      removeEventListener("beforeprint", begin);
      removeEventListener("afterprint", end);
    };
  }, []);
  return isPrinting;
}

/** What is in it is made when it is opened. */
function Group(props: {
  readonly group: FindingGroup;
  readonly by: GroupOrder;
  readonly inner: GroupOrder | undefined;
  readonly opens: boolean;
  readonly list: List;
}) {
  const { group, by, inner, opens, list } = props;
  const { key, counts, findings } = group;
  const [isLaidOpen, setOpen] = useState(opens);
  const isOpen = isLaidOpen || list.isPrinting;
  const rule = by === "rule" ? list.rules[key] : undefined;
  const within = isOpen && inner ? groupFindings(findings, inner) : [];
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => !list.isPrinting && setOpen(currentTarget.open)}>
      <summary>
        <span class={by === "rule" ? "name rule" : "name"}>{by === "rule" ? (rule?.name ?? key) : key || noUnit}</span>
        <span class="badges">
          {severities
            .filter((severity) => counts[severity] > 0)
            .map((severity) => (
              <span key={severity} class={`badge ${severity}`} title={severityLabels[severity]}>
                <span class="unseen">{severityLabels[severity]}</span>
                {grouped(counts[severity])}
              </span>
            ))}
        </span>
      </summary>
      {isOpen && (
        <div class="inner">
          {rule && (
            <p class="remedy">
              {rule.finds}
              <br />
              怎么办：{rule.remedy}
            </p>
          )}
          {inner === undefined && <Items findings={findings} list={list} />}
          {inner &&
            within.map((each) => (
              <Group
                key={each.key}
                group={each}
                by={inner}
                inner={undefined}
                opens={opens || within.length === 1}
                list={list}
              />
            ))}
        </div>
      )}
    </details>
  );
}

/** As many as people look at; the next are asked for. */
function Items({ findings, list }: { readonly findings: readonly FindingView[]; readonly list: List }) {
  const [asked, setShown] = useState(portion);
  const shown = list.isPrinting ? findings.length : asked;
  const box = useRef<HTMLDivElement>(null);
  const left = findings.length - shown;
  // Who asked for more by keyboard goes on at the first that came.
  useEffect(() => {
    const first = box.current?.children.item(asked - portion);
    if (asked > portion && first instanceof HTMLElement) first.focus();
  }, [asked]);
  return (
    <div ref={box}>
      {findings.slice(0, shown).map((finding, i) => (
        <Item key={String(i)} finding={finding} list={list} />
      ))}
      {left > 0 && (
        <button type="button" class="more" onClick={() => setShown(asked + portion)}>
          再显示 {Math.min(portion, left)} 项（还有 {grouped(left)} 项）
        </button>
      )}
    </div>
  );
}

function placeOf({ sheet, row, columnLabel }: FindingView): string {
  if (row === 0) return sheet === "" ? "" : `“${sheet}”表`;
  return `${sheet} 第 ${row} 行${columnLabel === "" ? "" : ` · ${columnLabel}`}`;
}

function Item({ finding, list }: { readonly finding: FindingView; readonly list: List }) {
  const { severity, id, message, article, code } = finding;
  const link = list.linkOf(finding);
  const inside = (
    <>
      <span class="place">
        <span>{[severityLabels[severity], placeOf(finding)].filter((part) => part !== "").join(" · ")}</span>
        {id !== "" && <span>{id}</span>}
      </span>
      <span class="message">{message}</span>
      <span class="article">
        依据：{article}　规则：{code}
      </span>
    </>
  );
  if (!link) return <div class={`finding ${severity}`}>{inside}</div>;
  return (
    <button
      type="button"
      class={`finding ${severity}`}
      title={link.title}
      aria-current={finding === list.current ? "true" : undefined}
      onClick={() => list.open(finding, link)}
    >
      {inside}
    </button>
  );
}
