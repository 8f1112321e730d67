/** The card that goes with trained weights: what they are, what they were trained on, with what command. */
import { networkSceneKinds } from '../src/detectors/registry';
import { type ExtractedScene, splitPlanted } from './training-scenes';

export interface TrainedModel {
  detector: string;
  seed: number;
  parameters: number;
  bytes: number;
  step: number;
  /** Updates after which the weights stood that were kept. */
  chosenStep: number;
  ended: string;
  /** 1 − AUC on planted clips left out of training, mean over scenes as the training weighs them; null without such clips. */
  validation: number | null;
  scenes: readonly ExtractedScene[];
  command: string;
  /** Checksum of the weights that training began with; null where it began with random values. */
  from: string | null;
}

const NORMALITY = ` \`normality.json\` is what the weights judge by before a scene is learned
(\`npm run calibrate\` with the same folders): scales and calibration on the parts that each scene's memory was learned from, on which the
network itself was never trained.`;

/** Markdown. */
export function modelCard(model: TrainedModel): string {
  const frames = (clips: readonly { frames: unknown[] }[]) => clips.reduce((sum, clip) => sum + clip.frames.length, 0);
  const rows = model.scenes.map(({ name, rest, planted }) => {
    const { training, validation } = splitPlanted(planted);
    return `| ${name} | ${frames(rest)} | ${frames(training)} (${training.length} clips) | ${frames(validation)} (${validation.length} clips) |`;
  });
  const held =
    model.validation === null
      ? ''
      : `, AUC ${(1 - model.validation).toFixed(3)} on the planted clips left out, by which those after update ${model.chosenStep} were chosen`;
  return `# Weights of ${model.detector}

${model.parameters} parameters, ${Math.round(model.bytes / 1024)} kB as float16, seed ${model.seed}, ${model.step} updates (${model.ended})${held}.
Trained from ${model.from ? `earlier weights of the same network (${model.from})` : 'random values'} on normal footage; anomalies were planted in it or made in feature space, none was labelled by hand.
The footage is not part of the project.

| scene | normal frames | with planted anomalies | left out |
|---|---|---|---|
${rows.join('\n')}

\`\`\`
${model.command}
\`\`\`

\`curve.json\` holds the losses of every update.${model.detector in networkSceneKinds ? NORMALITY : ''}
`;
}
