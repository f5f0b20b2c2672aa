import type { ProgressView } from "../views.ts";

/** Milliseconds between two looks at a job: quick while it moves, slower the longer nothing happens. */
const quickest = 2_000;
const slowest = 30_000;
const growth = 1.5;

export function nextDelay(delay: number, moved: boolean): number {
  return moved ? quickest : Math.min(slowest, Math.round(delay * growth));
}

export const isLive = ({ state }: ProgressView) => state === "running" || state === "paused";

export interface Watch {
  /** Looks now, and at short intervals again. */
  look(): Promise<void>;
  end(): void;
}

/**
 * Looks at a job as long as it lives and the page is in sight.
 *
 * @param tell is called with what was read, or with what went wrong, in Chinese
 */
export function watchJob(load: () => Promise<ProgressView>, tell: (view: ProgressView | Error) => void): Watch {
  let view: ProgressView | undefined;
  let delay = quickest;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts requests: the answer to an older one is no news. */
  let latest = 0;
  const isInSight = () => document.visibilityState === "visible";

  const read = async () => {
    clearTimeout(timer);
    latest++;
    const mine = latest;
    let answer: ProgressView | Error;
    try {
      answer = await load();
    } catch (error) {
      answer = error as Error;
    }
    if (mine !== latest) return;
    const isNews = !(answer instanceof Error) && (answer.done !== view?.done || answer.state !== view?.state);
    delay = nextDelay(delay, isNews);
    if (!(answer instanceof Error)) view = answer;
    tell(answer);
    if (isInSight() && view && isLive(view)) timer = setTimeout(() => void read(), delay);
  };
  const turn = () => {
    if (!isInSight()) clearTimeout(timer);
    else if (view && isLive(view)) void read();
  };
  document.addEventListener("visibilitychange", turn);
  return {
    look() {
      delay = quickest;
      return read();
    },
    end() {
      latest++;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", turn);
    },
  };
}
