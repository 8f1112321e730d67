/** `npm run tables`: renders benchmarks/results/*.json into the README, and ablations of parts and losses into the detectors' own, between two markers each. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AblationFile, ablationTable } from './ablation-table';
import { type BenchmarkFile, benchmarkSection } from './benchmark-section';
import { type LossAblationFile, lossTable } from './loss-table';
import { resultSections } from './result-tables';

const FOLDER = 'benchmarks/results';
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const results = files.sort().map((name) => JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')));
const sections = resultSections(results.filter((result) => 'microAuc' in result || result.dataset === 'fights'));
const benchmarks = results.filter((result): result is BenchmarkFile => 'benchmark' in result);
if (benchmarks.length > 0) sections.push(benchmarkSection(benchmarks));
fillIn('README.md', 'results', sections.join('\n\n') || 'No results have been measured yet.');
const ablations = results.filter((result): result is AblationFile => 'ablation' in result);
for (const file of ablations) fillIn(`src/detectors/${file.ablation}/README.md`, 'ablation', ablationTable(file));
const losses = results.filter((result): result is LossAblationFile => 'losses' in result);
for (const file of losses) fillIn(`src/detectors/${file.losses}/README.md`, 'losses', lossTable(file));
console.log(
  `README.md: ${sections.length} sections; ablations of ${ablations.map(({ ablation }) => ablation).join(', ') || 'none'}`,
);

/** Puts text between `<!-- name -->` and `<!-- /name -->`. Throws where the markers are missing. */
function fillIn(path: string, name: string, text: string) {
  const page = readFileSync(path, 'utf8');
  const [opening, closing] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [begin, end] = [page.indexOf(opening), page.indexOf(closing)];
  if (begin < 0 || end < begin) throw new Error(`${path} has no '${opening}' … '${closing}' to fill in.`);
  writeFileSync(path, `${page.slice(0, begin + opening.length)}\n${text}\n${page.slice(end)}`);
}
