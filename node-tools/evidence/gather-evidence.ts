import { host } from "#host";
import type { AwardData } from "../../apps-script/core/award/award.ts";
import { showName } from "../../apps-script/core/evidence/evidence-finding.ts";
import { EvidenceGatherer, type GatheredEvidence } from "../../apps-script/core/evidence/gather.ts";
import type { SourceFile } from "./collect-sources.ts";
import { FactsCache } from "./facts-cache.ts";
import { type ReadingCounts, readMaterials } from "./read-materials.ts";
import { startReaders } from "./reader-pool.ts";

export const readersAtOnce = 2;
/** A little more than a reader allows itself for one file. */
export const secondsForFile = 120;

/**
 * Reads what was handed in and judges it by the rows of the award.
 *
 * @param cachePath of the file that remembers what was read
 * @param step told of what is done next; what it throws ends the reading
 * @throws InputError when the cache cannot be written
 */
export async function gatherEvidence(
  award: AwardData,
  sources: readonly SourceFile[],
  cachePath: string,
  step: (name: string) => Promise<void>,
): Promise<{ readonly evidence: GatheredEvidence; readonly counts: ReadingCounts; readonly files: number }> {
  const { materials } = host;
  const gatherer = new EvidenceGatherer(award);
  const pool = startReaders({ count: readersAtOnce, seconds: secondsForFile });
  const cache = new FactsCache(cachePath, materials.readerVersion());
  let files = 0;
  try {
    const counts = await materials.withPrivateFolder((workFolder) =>
      readMaterials(sources, {
        pool,
        cache,
        workFolder,
        atOnce: readersAtOnce,
        progress: (number, { name }) => step(`读取材料 ${number}/${sources.length} ${showName(name)}`),
        take(source, entries) {
          for (const { name, facts } of entries) {
            files += 1;
            const isSource = name === "";
            gatherer.take(source.submission, {
              name: isSource ? source.name : `${source.name}/${name}`,
              ownName: isSource ? source.ownName : "",
              facts,
            });
          }
        },
      }),
    );
    await step("核对并比较");
    const handedIn = new Set(sources.map(({ submission }) => submission));
    return { evidence: gatherer.finish((submission) => handedIn.has(submission)), counts, files };
  } finally {
    cache.close();
    await pool.close();
  }
}
