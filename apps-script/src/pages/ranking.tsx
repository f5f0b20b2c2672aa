import { Loaded } from "../../dialogs/pages/parts.tsx";
import { Ranking } from "../../dialogs/pages/ranking.tsx";
import { mount } from "./mount.ts";
import { server } from "./server.ts";

mount(
  "排名",
  <Loaded waits="正在读取排名…" load={server.loadRanking}>
    {(view) => <Ranking view={view} />}
  </Loaded>,
);
