/** Over the curve: press to jump, drag to zoom, hover to read; and where the player stands. */
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useStage } from '../stage/stage-context';
import { clock } from '../words/clock';
import classes from './timeline.module.css';
import { plotInset } from './timeline-chart';
import type { Span } from './timeline-series';

interface TimelinePointerProps {
  view: Span;
  /** What is known of a moment, in words. */
  describe: (timeS: number) => string;
  jump: (timeS: number) => void;
  zoom: (view: Span) => void;
  /** A moment in words; the time since the start unless told. */
  wordOfTime?: (timeS: number) => string;
}

/** A drag shorter than this is a press, as a share of the width. */
const SHORTEST_DRAG = 0.015;

/** Where in the plot the pointer is, 0…1. */
function fractionAt(event: PointerEvent<HTMLElement>): number {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  return Math.min(1, Math.max(0, (event.clientX - left) / width));
}

/** The player's place in the view, moved without a React render. */
function Playhead({ view }: { view: Span }) {
  const video = useStage((state) => state.video);
  const startS = useStage((state) => state.videoStartS);
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!video) return;
    let request = 0;
    const move = () => {
      const place = (startS + video.currentTime - view[0]) / (view[1] - view[0]);
      line.current?.style.setProperty('left', `${place * 100}%`);
      if (line.current) line.current.hidden = place < 0 || place > 1;
      request = requestAnimationFrame(move);
    };
    move();
    return () => cancelAnimationFrame(request);
  }, [video, startS, view]);
  return video ? <div ref={line} className={classes.playhead} /> : null;
}

export function TimelinePointer({ view, describe, jump, zoom, wordOfTime = clock }: TimelinePointerProps) {
  const [hover, setHover] = useState<number | null>(null);
  const [start, setStart] = useState<number | null>(null);
  const timeAt = (fraction: number) => view[0] + fraction * (view[1] - view[0]);
  const finish = (event: PointerEvent<HTMLElement>) => {
    if (start === null) return;
    const end = fractionAt(event);
    setStart(null);
    if (Math.abs(end - start) < SHORTEST_DRAG) jump(timeAt(end));
    else zoom([timeAt(Math.min(start, end)), timeAt(Math.max(start, end))]);
  };
  return (
    <div
      className={classes.pointer}
      style={{ inset: `${plotInset.top}px ${plotInset.right}px ${plotInset.bottom}px ${plotInset.left}px` }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setStart(fractionAt(event));
      }}
      onPointerMove={(event) => setHover(fractionAt(event))}
      onPointerUp={finish}
      onPointerCancel={() => setStart(null)}
      onPointerLeave={() => setHover(null)}
    >
      <Playhead view={view} />
      {start !== null && hover !== null && (
        <div
          className={classes.selection}
          style={{ left: `${Math.min(start, hover) * 100}%`, width: `${Math.abs(hover - start) * 100}%` }}
        />
      )}
      {hover !== null && (
        <>
          <div className={classes.crosshair} style={{ left: `${hover * 100}%` }} />
          <div className={classes.tip} data-side={hover > 0.5 ? 'left' : 'right'} style={{ left: `${hover * 100}%` }}>
            <strong>{wordOfTime(timeAt(hover))}</strong> {describe(timeAt(hover))}
          </div>
        </>
      )}
    </div>
  );
}
