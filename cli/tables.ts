/** `npm run tables`: renders benchmarks/results/*.json into the README, between its two markers. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resultSection } from './result-tables';

const FOLDER = 'benchmarks/results';
const BEGIN = '<!-- results -->';
const END = '<!-- /results -->';

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const results = files.sort().map((name) => JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')));
const sections = results.filter((result) => 'microAuc' in result || result.dataset === 'fights').map(resultSection);
const readme = readFileSync('README.md', 'utf8');
const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
if (begin < 0 || end < begin) throw new Error(`README.md has no '${BEGIN}' … '${END}' to render the results between.`);
const body = sections.length > 0 ? sections.join('\n\n') : 'No results have been measured yet.';
writeFileSync('README.md', `${readme.slice(0, begin + BEGIN.length)}\n${body}\n${readme.slice(end)}`);
console.log(`README.md: ${files.length} results`);
