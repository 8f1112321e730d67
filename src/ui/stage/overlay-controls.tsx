/** What is drawn over the picture: evidence or attention, its opacity, boxes. */
import { NativeSelect, SegmentedControl, Slider, Switch, Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { Overlay } from '../../storage/preferences';
import { useActions, useWatch } from '../watch-context';
import { useAttentionMissing, useAttentionNames, useShownHeat } from './shown-heat';
import classes from './stage.module.css';

/** `explains` says under the control why there is no attention; elsewhere a tooltip does. */
function HeatChoice({ explains }: { explains: boolean }) {
  const shown = useShownHeat();
  const missing = useAttentionMissing();
  const actions = useActions();
  const reason = useId();
  return (
    <>
      <SegmentedControl
        size="xs"
        fullWidth={explains}
        className={explains ? classes.whole : undefined}
        aria-label="Heatmap shows"
        aria-describedby={missing ? reason : undefined}
        value={shown}
        onChange={(heat) => actions.setOverlay({ heat: heat as Overlay['heat'] })}
        data={[
          { value: 'evidence', label: 'Evidence' },
          {
            value: 'attention',
            label: <span title={missing ?? undefined}>Attention</span>,
            disabled: missing !== null,
          },
          { value: 'none', label: 'Off' },
        ]}
      />
      {missing && (
        <Text id={reason} size="sm" c="dimmed" className={classes.reason} hidden={!explains}>
          {missing}
        </Text>
      )}
    </>
  );
}

/** Which level or range of time; inside the stage only, since the maps come with the frames. */
export function AttentionChoice() {
  const shown = useShownHeat();
  const names = useAttentionNames();
  const attentionOf = useWatch((state) => state.overlay.attentionOf);
  const actions = useActions();
  if (shown !== 'attention') return null;
  const chosen = attentionOf !== null && names.includes(attentionOf) ? attentionOf : names[0];
  return (
    <NativeSelect
      size="xs"
      aria-label="Attention of"
      disabled={names.length === 0}
      value={chosen ?? ''}
      onChange={(event) => actions.setOverlay({ attentionOf: event.currentTarget.value })}
      data={names.length ? names : [{ value: '', label: 'not kept for this moment' }]}
    />
  );
}

/** `children` stand beside the choice of the map. */
export function OverlayControls({ explains = false, children }: { explains?: boolean; children?: ReactNode }) {
  const overlay = useWatch((state) => state.overlay);
  const shown = useShownHeat();
  const actions = useActions();
  return (
    <div className={classes.overlay}>
      <HeatChoice explains={explains} />
      {children}
      <Slider
        className={classes.opacity}
        size="sm"
        value={Math.round(overlay.opacity * 100)}
        onChange={(percent) => actions.setOverlay({ opacity: percent / 100 })}
        disabled={shown === 'none'}
        label={(percent) => `${percent} %`}
        thumbLabel="Overlay opacity"
        thumbValueText={(percent) => `${percent} %`}
      />
      <Switch
        size="sm"
        label="Boxes"
        checked={overlay.boxes}
        onChange={(event) => actions.setOverlay({ boxes: event.currentTarget.checked })}
      />
    </div>
  );
}
