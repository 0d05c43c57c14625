import {
  createTheme,
  type ActionIconProps,
  type ButtonProps,
  type MantineColorsTuple,
  type MenuProps,
  type ModalProps,
  type TooltipProps,
} from '@mantine/core';

/** The one accent. Shades 6 and 7 carry white text above 4.5 : 1. */
const petrol: MantineColorsTuple = [
  '#e8f7f5',
  '#d0ece8',
  '#a1dad3',
  '#6fc7bd',
  '#47b3a8',
  '#249a8f',
  '#128278',
  '#0b6b66',
  '#085652',
  '#05403d',
];

/** The greys of the dark theme, with a touch of the accent. */
const slate: MantineColorsTuple = [
  '#e3e8ec',
  '#b9c2c9',
  '#97a1aa',
  '#6f7982',
  '#3d454c',
  '#2f363c',
  '#262c31',
  '#1e2226',
  '#16191c',
  '#101315',
];

const defaults = <Props>(defaultProps: Partial<Props>) => ({ defaultProps });

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  colors: { petrol, dark: slate },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '1rem', lg: '1.25rem', xl: '1.75rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.55', lg: '1.4', xl: '1.25' },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.25' },
      h2: { fontSize: '1.25rem', lineHeight: '1.4' },
      h3: { fontSize: '1rem', lineHeight: '1.5' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  // By name, without the components themselves: not every page has all of them.
  components: {
    Button: defaults<ButtonProps>({ size: 'sm' }),
    ActionIcon: defaults<ActionIconProps>({ variant: 'subtle', color: 'gray', size: 'lg' }),
    Tooltip: defaults<TooltipProps>({
      openDelay: 400,
      withinPortal: true,
      events: { hover: true, focus: true, touch: false },
    }),
    // The first entry takes the focus; an element that only holds it does not belong in a menu.
    Menu: defaults<MenuProps>({ withInitialFocusPlaceholder: false }),
    Modal: defaults<ModalProps>({ centered: true, overlayProps: { backgroundOpacity: 0.45 } }),
  },
});
