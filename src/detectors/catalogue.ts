/** The detectors there are, as the user reads of them: light enough for the page, which runs none of them. */

/** One detector in words, and what it can do. */
export interface DetectorCard {
  /** Its key in the registry, in saved scenes and on the command line. */
  name: string;
  title: string;
  /** One or two sentences: how it tells unusual from usual. */
  summary: string;
  /** Whether its shipped weights judge by themselves before a scene is learned. */
  judgesUnlearned: boolean;
  /** Of more learned frames than this, stretches spread over all of them are kept (`LearningClips`). */
  mostLearned: number;
  /** Null where it shows its attention; else the sentence that says why there is none. */
  attentionMissing: string | null;
}

/** The first one is the default: that of the best mean result (`cli/default-detector.test.ts`). */
export const catalogue = [
  {
    name: 'hybrid',
    title: 'Hybrid',
    summary:
      'Finds objects, follows them and the motion around them, and compares both with what was seen here. The default: over all footage it was measured on, it told unusual from usual best on average.',
    judgesUnlearned: false,
    mostLearned: 10_000,
    attentionMissing: 'Hybrid compares with what it has seen; it has no attention that could be shown.',
  },
  {
    name: 'stadnet',
    title: 'STADNet',
    summary:
      'A small attention network over motion and texture, trained in advance. Loads quickly, needs no object finder, and can watch before it has learned a scene.',
    judgesUnlearned: true,
    mostLearned: 4000,
    attentionMissing: null,
  },
  {
    name: 'esta',
    title: 'ESTA',
    summary:
      'An attention network in two streams that looks at the picture on four levels and back over three ranges of time, trained in advance. Shows where, and how far back, it looked; so far the least sure of the three.',
    judgesUnlearned: true,
    mostLearned: 4000,
    attentionMissing: null,
  },
] as const satisfies readonly DetectorCard[];

export type DetectorName = (typeof catalogue)[number]['name'];

export const defaultDetector: DetectorName = catalogue[0].name;

/** The card of a detector; of the default where there is none of this name, as after an update that renamed one. */
export const cardOf = (name: string): DetectorCard & { name: DetectorName } =>
  catalogue.find((card) => card.name === name) ?? catalogue[0];
