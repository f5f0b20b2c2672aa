import { useEffect, useState } from "preact/hooks";
import type { AwardOverview } from "../../protocol.ts";
import type { Attempt } from "../attempt.ts";
import { remote } from "../remote.ts";
import { ChartView } from "./chart-view.tsx";
import { ExpertMatrix } from "./expert-matrix.tsx";
import { inWordsOfThePage } from "./steps.ts";
import { UnitMatrix } from "./unit-matrix.tsx";

/** What the award can be looked at by, beside its steps. */
export const views = { units: "各单位", experts: "各专家", charts: "图表", statistics: "统计" } as const;

/** Computed when somebody looks, and again when a workbook was written. */
export function AwardViews(props: {
  readonly view: Exclude<keyof typeof views, "statistics">;
  readonly path: string;
  /** Of both workbooks. */
  readonly stamp: string;
  readonly attempt: Attempt;
}) {
  const { view, path, stamp, attempt } = props;
  const [overview, setOverview] = useState<AwardOverview>();
  const [none, setNone] = useState("");
  useEffect(() => {
    remote.readOverview(path).then(
      (now) => {
        setOverview(now);
        setNone("");
      },
      (error: Error) => setNone(inWordsOfThePage(error.message)),
    );
  }, [path, stamp]);
  if (none !== "") return <p class="fault">{none}</p>;
  if (!overview) return <p class="empty">正在汇集……</p>;
  if (view === "units") return <UnitMatrix overview={overview} />;
  if (view === "experts") return <ExpertMatrix overview={overview} path={path} stamp={stamp} attempt={attempt} />;
  return <ChartView overview={overview} attempt={attempt} />;
}
