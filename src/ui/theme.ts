/** The look of the app: one accent, quiet neutrals, the system's own font. */
import { type CSSVariablesResolver, createTheme, Notification } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'oriel',
  primaryShade: 7,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", monospace',
  headings: { fontWeight: '600' },
  components: {
    // Else a dialog's head would be a second banner of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } },
      styles: { description: { color: 'var(--mantine-color-dimmed)' } },
    }),
  },
  colors: {
    oriel: [
      '#e9f6f6',
      '#d2ebeb',
      '#a5d8d8',
      '#76c5c4',
      '#4eb3b2',
      '#2f9f9e',
      '#168887',
      '#0c7372',
      '#085e5d',
      '#054948',
    ],
    dark: [
      '#d8dcdf',
      '#b6bdc2',
      '#939ba2',
      '#626b72',
      '#3a4147',
      '#2c3237',
      '#20252a',
      '#181c20',
      '#121518',
      '#0c0e10',
    ],
  },
});

/** Colours with a meaning; the dimmed text of both schemes keeps a contrast of at least 4.5 on page and panel. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--stage-background': '#0c0e10',
  },
  light: {
    '--mantine-color-dimmed': '#566067',
    '--page-background': '#f6f8f8',
    '--panel-background': '#ffffff',
    '--line': '#dfe4e6',
    '--accent-text': 'var(--mantine-color-oriel-8)',
    '--accent-line': 'var(--mantine-color-oriel-6)',
    '--notice': '#7a5c00',
    '--warning': '#a64500',
    '--critical': '#c02626',
    '--hatch': '#c3cacd',
  },
  dark: {
    '--mantine-color-dimmed': '#9aa3aa',
    '--page-background': '#121518',
    '--panel-background': '#181c20',
    '--line': '#2c3237',
    '--accent-text': 'var(--mantine-color-oriel-3)',
    '--accent-line': 'var(--mantine-color-oriel-4)',
    '--notice': '#e3c152',
    '--warning': '#ff9d57',
    '--critical': '#ff8080',
    '--hatch': '#434b51',
  },
});
