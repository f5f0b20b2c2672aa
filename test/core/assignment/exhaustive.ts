/** A way to serve one submission: who reviews it, and what that costs. */
interface Panel {
  readonly reviewers: readonly number[];
  readonly cost: number;
}

/** A load vector that some plan reaches, with the least cost of such a plan. */
export interface ReachableLoads {
  readonly loads: readonly number[];
  readonly cost: number;
}

/** Lists every panel of at most `demand` reviewers from different units; `costs` holds undefined where forbidden. */
function listPanels(costs: readonly (number | undefined)[], units: readonly number[], demand: number): Panel[] {
  let panels: Panel[] = [{ reviewers: [], cost: 0 }];
  for (const [r, cost] of costs.entries()) {
    if (cost === undefined) continue;
    const joined = panels.filter(
      (panel) => panel.reviewers.length < demand && panel.reviewers.every((other) => units[other] !== units[r]),
    );
    panels = panels.concat(joined.map((panel) => ({ reviewers: [...panel.reviewers, r], cost: panel.cost + cost })));
  }
  return panels;
}

/** Every load vector that a plan can reach within `capacity`, by trying every panel of every submission. */
export function enumerateLoads(
  submissions: readonly { readonly demand: number; readonly costs: readonly (number | undefined)[] }[],
  units: readonly number[],
  capacity: readonly number[],
): ReachableLoads[] {
  let reachable = new Map<string, ReachableLoads>([["", { loads: units.map(() => 0), cost: 0 }]]);
  for (const { demand, costs } of submissions) {
    const next = new Map<string, ReachableLoads>();
    for (const panel of listPanels(costs, units, demand)) {
      for (const before of reachable.values()) {
        const loads = before.loads.map((load, r) => load + (panel.reviewers.includes(r) ? 1 : 0));
        if (loads.some((load, r) => load > capacity[r]!)) continue;
        const cost = before.cost + panel.cost;
        const known = next.get(loads.join());
        if (known === undefined || cost < known.cost) next.set(loads.join(), { loads, cost });
      }
    }
    reachable = next;
  }
  return [...reachable.values()];
}

/** The members for which the keys, compared from the first, are greatest. */
export function selectGreatest<T>(items: readonly T[], key: (item: T) => readonly number[]): T[] {
  let best: T[] = [];
  let bestKey: readonly number[] | undefined;
  for (const item of items) {
    const own = key(item);
    const i = bestKey === undefined ? 0 : own.findIndex((value, k) => value !== bestKey![k]);
    if (i < 0) best.push(item);
    else if (bestKey === undefined || own[i]! > bestKey[i]!) [best, bestKey] = [[item], own];
  }
  return best;
}

export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
