/** The learned half in any thread, frame by frame, on plain arrays: what `learned` gives for whole clips. */
import { type PlainDense, plainDense } from '../../../nn/plain-dense';
import { PICTURE, TOKEN_CUES, type Token, type TokenCue } from './tokens';

/** Weights by their paths in the parameter tree. */
export type LearnedWeights = ReadonlyMap<string, Float32Array>;

/** What one token gave. */
export interface TokenScore {
  trackId: number;
  /** Of an anomaly. */
  logit: number;
  /** Share of each kind of cue in it, 0…1. */
  gates: Record<TokenCue, number>;
}

interface Memory {
  hidden: Float32Array;
  cell: Float32Array;
}

/** Cues in the order of the gates. */
const NAMES = (Object.keys(TOKEN_CUES) as TokenCue[]).sort();

/** Streaming; `reset` between clips. */
export class TrackScorer {
  private readonly projections: Record<TokenCue, PlainDense>;
  private readonly gates: PlainDense;
  private readonly input: PlainDense;
  private readonly recurrent: PlainDense;
  private readonly score: PlainDense;
  private memories = new Map<number, Memory>();

  /** Throws RangeError where a parameter is missing. */
  constructor(weights: LearnedWeights) {
    const leaf = (path: string): Float32Array => {
      const found = weights.get(path);
      if (!found) throw new RangeError(`The learned half of hybrid lacks its parameter ${path}.`);
      return found;
    };
    const layer = (path: string): PlainDense => ({ kernel: leaf(`${path}/kernel`), bias: leaf(`${path}/bias`) });
    this.projections = {
      appearance: layer('fusion/projections/appearance'),
      context: layer('fusion/projections/context'),
      motion: layer('fusion/projections/motion'),
    };
    this.gates = layer('fusion/gates');
    this.input = layer('memory/input');
    this.recurrent = { kernel: leaf('memory/recurrent'), bias: new Float32Array(this.input.bias.length) };
    this.score = layer('score');
  }

  reset() {
    this.memories.clear();
  }

  /** Scores of a frame's tokens, in their order. Tracks that are away are forgotten. */
  step(tokens: readonly Token[]): TokenScore[] {
    const next = new Map<number, Memory>();
    const scores = tokens.map((token) => {
      const { fused, gates } = this.fuse(token);
      const memory = this.remember(fused, this.memories.get(token.trackId));
      next.set(token.trackId, memory);
      const [logit] = plainDense(this.score, [...fused, ...memory.hidden]);
      return { trackId: token.trackId, logit, gates };
    });
    this.memories = next;
    return scores;
  }

  /** AFFM; the picture has a context only. */
  private fuse(token: Token): { fused: Float32Array; gates: Record<TokenCue, number> } {
    const has = NAMES.map((cue) => token.trackId !== PICTURE || cue === 'context');
    const projected = NAMES.map((cue, index) => {
      const values = plainDense(this.projections[cue], token[cue]);
      return has[index] ? values.map(Math.tanh) : values.fill(0);
    });
    const logits = plainDense(
      this.gates,
      projected.flatMap((values) => [...values]),
    );
    const powers = Array.from(logits, (logit, index) => (has[index] ? Math.exp(logit) : 0));
    const total = powers.reduce((sum, power) => sum + power);
    const shares = powers.map((power) => power / total);
    const fused = projected[0].map((_, at) => shares.reduce((sum, share, cue) => sum + share * projected[cue][at], 0));
    const gates = Object.fromEntries(NAMES.map((cue, index) => [cue, shares[index]])) as Record<TokenCue, number>;
    return { fused, gates };
  }

  /** One step of the LSTM: input, forget, candidate and output gates side by side. */
  private remember(fused: Float32Array, from: Memory | undefined): Memory {
    const drive = plainDense(this.input, fused);
    if (from)
      plainDense(this.recurrent, from.hidden).forEach((value, index) => {
        drive[index] += value;
      });
    const units = drive.length / 4;
    const cell = new Float32Array(units);
    const hidden = new Float32Array(units);
    for (let unit = 0; unit < units; unit++) {
      const kept = from ? sigmoid(drive[units + unit]) * from.cell[unit] : 0;
      cell[unit] = kept + sigmoid(drive[unit]) * Math.tanh(drive[2 * units + unit]);
      hidden[unit] = sigmoid(drive[3 * units + unit]) * Math.tanh(cell[unit]);
    }
    return { hidden, cell };
  }
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
