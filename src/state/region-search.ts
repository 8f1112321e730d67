/** The search for what was unusual in a part of the picture: which part, how far it is, what it has found. */
import type { Point } from '../alerts/zone';
import type { Database } from '../storage/database';
import { evidenceChunks } from '../storage/evidence-track';
import type { PackedSight, RecordingRecord } from '../storage/recording-rows';
import { type RegionSpell, type Size, searchable, unusualIn } from '../storage/region-search';
import type { RegionSearch, ReviewStore } from './review-store';

export interface RegionSearchActions {
  /** On the recording that is on screen, in the middle of its picture. */
  open(): void;
  setRegion(points: Point[]): void;
  close(): void;
  /** Play what was found. */
  show(spell: RegionSpell): Promise<void>;
}

export interface RegionSearchParts {
  store: ReviewStore;
  database: Database;
  playStretch(spell: RegionSpell): Promise<void>;
}

/** The search waits until the region has rested for so long, in milliseconds. */
const SETTLE_MS = 150;

export function createRegionSearch({ store, database, playStretch }: RegionSearchParts): RegionSearchActions {
  /** The maps of one recording, read once. */
  let maps: { id: string; endS: number; sights: PackedSight[] } | null = null;
  /** Counts the regions, so that an overtaken search can tell. */
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const update = (change: Partial<RegionSearch>) =>
    store.setState(({ search }) => ({ search: search && { ...search, ...change } }));

  /** Null where another region was asked for in the meantime. */
  async function read({ id, endS }: RecordingRecord, mine: number): Promise<PackedSight[] | null> {
    if (maps?.id === id && maps.endS === endS) return maps.sights;
    const sights: PackedSight[] = [];
    let hours = 0;
    for await (const chunks of evidenceChunks(database, id, endS)) {
      if (mine !== asked) return null;
      sights.push(...searchable(chunks));
      update({ fraction: Math.min(0.99, (++hours * 3600) / Math.max(3600, endS)) });
    }
    maps = { id, endS, sights };
    return sights;
  }

  async function run(): Promise<void> {
    const mine = ++asked;
    const { recording, search } = store.getState();
    if (!recording || !search) return;
    try {
      const sights = await read(recording, mine);
      if (sights && mine === asked) update({ spells: unusualIn(sights, search.points, recording.source), fraction: 1 });
    } catch (error) {
      store.setState({ search: null, problem: (error as Error).message });
    }
  }

  function begin({ source }: RecordingRecord): void {
    store.setState({ search: { points: middle(source), fraction: 0, spells: [] } });
    void run();
  }

  // Another recording is searched in its own picture.
  store.subscribe(({ recording, search }, before) => {
    if (!search || recording?.id === before.recording?.id) return;
    if (recording) begin(recording);
    else store.setState({ search: null });
  });

  return {
    open() {
      const { recording, search } = store.getState();
      if (recording && !search) begin(recording);
    },
    setRegion(points) {
      update({ points });
      asked++;
      clearTimeout(timer);
      timer = setTimeout(() => void run(), SETTLE_MS);
    },
    close() {
      asked++;
      clearTimeout(timer);
      maps = null;
      store.setState({ search: null });
    },
    show: playStretch,
  };
}

/** A rectangle in the middle of the picture. */
function middle({ width, height }: Size): Point[] {
  const [left, right, top, bottom] = [0.35 * width, 0.65 * width, 0.35 * height, 0.65 * height];
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}
