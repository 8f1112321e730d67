/** What is drawn over the picture: evidence, its opacity, boxes. */
import { Group, Slider, Switch } from '@mantine/core';
import { useActions, useWatch } from '../watch-context';
import classes from './stage.module.css';

export function OverlayControls() {
  const overlay = useWatch((state) => state.overlay);
  const actions = useActions();
  return (
    <Group gap="md" wrap="nowrap" className={classes.overlay}>
      <Switch
        size="sm"
        label="Evidence"
        checked={overlay.evidence}
        onChange={(event) => actions.setOverlay({ evidence: event.currentTarget.checked })}
      />
      <Slider
        className={classes.opacity}
        size="sm"
        value={Math.round(overlay.opacity * 100)}
        onChange={(percent) => actions.setOverlay({ opacity: percent / 100 })}
        disabled={!overlay.evidence}
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
    </Group>
  );
}
