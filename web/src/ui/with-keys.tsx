import { Kbd } from '@mantine/core';

/** A text with its keys, `<kbd>F9</kbd>`, drawn as keys. */
export const WithKeys = ({ text }: { text: string }) =>
  text
    .split(/<kbd>(.*?)<\/kbd>/)
    .map((part, index) => (index % 2 === 1 ? <Kbd key={String(index)}>{part}</Kbd> : part));
