/** A short tone for an alert, made on the spot: the graver, the more notes. */
import type { Severity } from '../alerts/alert-rules';

/** Notes in hertz, one after another. */
const melodies: Record<Severity, number[]> = {
  notice: [660],
  warning: [660, 880],
  critical: [660, 880, 1100],
};
const NOTE_S = 0.16;
const LOUDNESS = 0.18;

export function createChime(): (severity: Severity) => void {
  let context: AudioContext | null = null;
  return (severity) => {
    // Before the user has touched the page the browser keeps it silent, and all tones would sound at the first touch.
    if (navigator.userActivation?.hasBeenActive === false) return;
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
    for (const [index, hertz] of melodies[severity].entries()) playNote(context, hertz, index * NOTE_S);
  };
}

/** A sine that swells in 10 ms and dies away. */
function playNote(context: AudioContext, hertz: number, delayS: number): void {
  const startS = context.currentTime + delayS;
  const endS = startS + 2 * NOTE_S;
  const tone = new OscillatorNode(context, { frequency: hertz });
  const loudness = new GainNode(context, { gain: 0 });
  loudness.gain.setValueAtTime(0, startS);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, startS + 0.01);
  loudness.gain.exponentialRampToValueAtTime(0.001, endS);
  tone.connect(loudness).connect(context.destination);
  tone.start(startS);
  tone.stop(endS);
}
