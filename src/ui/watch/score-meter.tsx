/** How rare the moment on screen is: a meter and words, written past React with every frame. */
import { useEffect, useRef } from 'react';
import type { Moment } from '../../alerts/moment';
import { isJudged } from '../../vision/view-state';
import { useStageStore } from '../stage/stage-context';
import { useWatch } from '../watch-context';
import { capitalised, reasonsInWords } from '../words/reasons';
import {
  ORDINARY_S,
  periodOfBudget,
  type RarityPlace,
  rarityInWords,
  rarityOfPeriod,
  rarityPlace,
  rarityTicks,
} from '../words/return-period';
import classes from './score-meter.module.css';

/** Words change at most so often, so that they can be read; the bar moves with every frame. */
const WORDS_EVERY_MS = 400;

interface Parts {
  meter: HTMLElement;
  words: HTMLElement;
  reason: HTMLElement;
}

function writeWords({ meter, words, reason }: Parts, moment: Moment | null, unseen: string, place: RarityPlace) {
  const text = moment ? rarityInWords(moment.returnPeriodS, moment.extrapolated, place) : unseen;
  meter.setAttribute('aria-valuetext', text);
  meter.setAttribute('aria-valuenow', (moment?.score ?? 0).toFixed(3));
  words.textContent = capitalised(text);
  const reasons = moment && moment.returnPeriodS >= ORDINARY_S ? reasonsInWords(moment, 2) : '';
  reason.textContent = reasons || (moment ? 'Nothing stands out' : '');
}

function writeBar({ meter }: Parts, moment: Moment | null, threshold: number) {
  meter.style.setProperty('--score', String(moment?.score ?? 0));
  meter.dataset.unusual = String((moment?.score ?? 0) >= threshold);
}

/** Writes every frame's moment into the parts until stopped. */
function useHotWriting(threshold: number) {
  const place = useWatch(rarityPlace);
  const stage = useStageStore();
  const meter = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLParagraphElement>(null);
  const reason = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (!meter.current || !words.current || !reason.current) return;
    const parts = { meter: meter.current, words: words.current, reason: reason.current };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const latest = () => stage.getState().frame?.moment ?? null;
    const unjudged = () => !isJudged(latest()?.view ?? 'clear');
    const moment = () => (unjudged() ? null : latest());
    const write = () => {
      timer = undefined;
      writeWords(parts, moment(), unjudged() ? 'not judged now' : 'not analysed yet', place);
    };
    const take = () => {
      writeBar(parts, moment(), threshold);
      timer ??= setTimeout(write, WORDS_EVERY_MS);
    };
    take();
    write();
    const unsubscribe = stage.subscribe((state, before) => state.frame !== before.frame && take());
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [stage, threshold, place]);
  return { meter, words, reason };
}

/** `compact`: the bar and one line. */
export function ScoreMeter({ compact = false }: { compact?: boolean }) {
  const threshold = useWatch((state) => rarityOfPeriod(periodOfBudget(state.alertsPerHour)));
  const { meter, words, reason } = useHotWriting(threshold);
  return (
    <div className={classes.score} data-compact={compact}>
      <div className={classes.text}>
        <p ref={words} className={classes.words} />
        <p ref={reason} className={classes.reason} />
      </div>
      <div className={classes.scale}>
        {/* biome-ignore lint/a11y/useSemanticElements: <meter> cannot be drawn to this design in every browser */}
        <div
          ref={meter}
          className={classes.meter}
          role="meter"
          aria-label="Anomaly score"
          aria-valuemin={0}
          aria-valuemax={1}
          aria-valuenow={0}
        >
          <div className={classes.bar} />
          <div className={classes.threshold} style={{ left: `${threshold * 100}%` }} />
        </div>
        <div className={classes.ticks} aria-hidden="true">
          {rarityTicks.map(({ periodS, word }) => (
            <span key={word} style={{ left: `${rarityOfPeriod(periodS) * 100}%` }}>
              {word}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}
