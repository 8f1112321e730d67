/** The picture and what lies over it: heatmap, boxes, remarks. */
import { IconPlayerPause } from '@tabler/icons-react';
import type { SourceInfo } from '../../media/frame';
import { ZonesLayer } from '../rules/zones-layer';
import { useActions, useWatch } from '../watch-context';
import { BoxesLayer } from './boxes-layer';
import { FilePlayer } from './file-player';
import { HeatmapLayer } from './heatmap-layer';
import { LivePicture } from './live-picture';
import classes from './stage.module.css';
import { StillLayer } from './still-layer';
import { ViewNote } from './view-note';

function Remark({ title, text }: { title: string; text: string }) {
  return (
    <div className={classes.remark}>
      <IconPlayerPause size={28} aria-hidden />
      <strong>{title}</strong>
      <span>{text}</span>
    </div>
  );
}

export function Stage({ source }: { source: SourceInfo }) {
  const phase = useWatch((state) => state.phase);
  const judged = phase === 'watching' || phase === 'paused' || phase === 'ended';
  const playerUrl = useActions().playerUrl();
  return (
    <div className={classes.stage}>
      <div className={classes.picture}>
        {playerUrl ? <FilePlayer key={playerUrl} url={playerUrl} /> : <LivePicture />}
        {playerUrl && phase === 'learning' && <LivePicture />}
        {judged && (
          <>
            <HeatmapLayer />
            <BoxesLayer width={source.width} height={source.height} />
            <ZonesLayer width={source.width} height={source.height} />
            <ViewNote source={source} />
            <StillLayer />
          </>
        )}
        {phase === 'paused' && (
          <Remark title="Paused while hidden" text="Nothing was analysed while this tab was out of sight." />
        )}
      </div>
    </div>
  );
}
