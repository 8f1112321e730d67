/** What can be switched off in each detector, to see what it brings: kinds of evidence, streams, blocks, ranges of time. Nothing is trained again. */

import { DENSE_CUES } from '../src/detectors/hybrid/dense-cues';
import { OBJECT_CUES } from '../src/detectors/hybrid/object-cues';
import type { Cue } from '../src/detectors/hybrid/scorer';
import type { PlaceCue } from '../src/detectors/network-scene/cues';

/** Of a network detector; scene, scales and calibration are fitted without it. */
export interface NetworkAblation {
  /** Cues that nothing is judged by. */
  without?: readonly PlaceCue[];
  /** A stream the network does not get to see; what is fitted to the scene still does. */
  blind?: 'colour' | 'motion';
  /** Given all paths of the network's parameters, which of them are 0. */
  silent?: (paths: readonly string[]) => (path: string) => boolean;
}

/** Of hybrid. */
export interface HybridAblation {
  /** Cues that nothing is compared by, in the fit either. */
  without?: readonly Cue[];
  /** Only what has a name is an object. */
  namedOnly?: true;
  /** The score of the moment alone. */
  momentOnly?: true;
  /** Paths of the learned half's parameters that are 0; 'all' leaves it out. */
  silent?: RegExp | 'all';
}

const matching = (pattern: RegExp): NetworkAblation => ({ silent: () => (path) => pattern.test(path) });

/** The convolutions see the newest frame only: kernels of all earlier ones are 0. */
const presentOnly: NetworkAblation = {
  silent: (paths) => (path) => {
    const [, before, tap] = path.match(/^((?:colour|motion).*conv\/taps\/tap)(\d+)$/) ?? [];
    return before !== undefined && paths.includes(`${before}${Number(tap) + 1}`);
  },
};

const streams = {
  'the colour stream': { blind: 'colour' },
  'the motion stream': { blind: 'motion' },
} satisfies Record<string, NetworkAblation>;

const evidence = {
  'the network': { without: ['network'] },
  'speed at places': { without: ['speed'] },
  'distance from motions seen there': { without: ['stream'] },
  'the motion VAE': { without: ['surprise'] },
  'what stands still': { without: ['presence'] },
} satisfies Record<string, NetworkAblation>;

export const networkAblations: Record<string, Record<string, NetworkAblation>> = {
  stadnet: {
    ...evidence,
    'all that is fitted to the scene but scales and usual speeds': { without: ['stream', 'surprise', 'presence'] },
    ...streams,
    'spatio-temporal attention (α = ½)': matching(/^(colour|motion)\/attention\//),
    'cross-attention fusion (α = ½)': matching(/^fusion\//),
    'the LSTM': matching(/^lstm\//),
    'past frames in the convolutions': presentOnly,
    'the widest kernels (5×5)': matching(/wide\/branch2\/norm\/(scale|offset)$/),
    'the path without time': matching(/^(colour|motion)\/spatial\//),
  },
  esta: {
    ...evidence,
    'all that is fitted to the scene but scales and usual speeds': { without: ['stream', 'surprise', 'presence'] },
    ...streams,
    'SA-1': matching(/levels\/level0\/attention\/output\//),
    'SA-2': matching(/levels\/level1\/attention\/output\//),
    'SA-3': matching(/levels\/level2\/attention\/output\//),
    'SA-Fusion': matching(/fusion\/attention\/output\//),
    'interaction of the streams': matching(/^exchange\/.*\/value\//),
    'the fused picture (SA-1 only)': matching(/^join\/around\//),
    'the short range': matching(/^temporal\/short\/output\//),
    'the mid range': matching(/^temporal\/mid\/output\//),
    'the long range': matching(/^temporal\/long\/output\//),
    'all three ranges': matching(/^temporal\/\w+\/output\//),
    'feature enhancement (gates ½)': matching(/^enhancement\//),
  },
};

export const hybridAblations: Record<string, HybridAblation> = {
  'all cues of objects': {
    without: OBJECT_CUES,
    silent: 'all',
  },
  'all cues of places': { without: DENSE_CUES },
  'speed of objects': { without: ['edge', 'flow'] },
  'way and course of objects': { without: ['velocity', 'course'] },
  'course over seconds': { without: ['course'] },
  'class responses': { without: ['class'] },
  'the look (appearance embedding)': { without: ['look'] },
  shape: { without: ['shape'] },
  'dwell time': { without: ['dwell'] },
  'speed at places': { without: ['speed'] },
  'motion unseen at places': { without: ['stream'] },
  'looks of places (patches)': { without: ['patch'] },
  'what stands still': { without: ['presence'] },
  'motion regions as objects': { namedOnly: true },
  'the average over seconds': { momentOnly: true },
  'the learned half': { silent: 'all' },
  'AFFM (equal shares)': { silent: /^fusion\/gates\// },
  'the LSTM': { silent: /^memory\// },
};

/** The name by which an evaluation knows a detector without a part of it. */
export const ablated = (detector: string, row: string) => `${detector} without ${row}`;

/** Rows of the table of a detector. Throws where it has none. */
export function ablationsOf(detector: string): string[] {
  const rows = detector === 'hybrid' ? hybridAblations : networkAblations[detector];
  if (!rows) throw new Error(`There is no ablation of '${detector}'.`);
  return Object.keys(rows);
}
