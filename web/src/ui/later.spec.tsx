import { render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { later } from './later.js';

const Hello = ({ name }: { name: string }) => <p>Hello {name}</p>;

describe('what comes later', () => {
  afterEach(() => vi.useRealTimers());

  it('is fetched when it first shows, and only once', async () => {
    const load = vi.fn(() => Promise.resolve(Hello));
    const Late = later(load);
    expect(load).not.toHaveBeenCalled();
    const { unmount } = render(<Late name="Ada" />);
    expect(screen.queryByText('Hello Ada')).toBeNull();
    await screen.findByText('Hello Ada');
    unmount();
    render(<Late name="Alan" />);
    expect(screen.getByText('Hello Alan')).toBeTruthy();
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('comes when the network does', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 500 });
    const load = vi.fn(() => Promise.resolve(Hello));
    load.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));
    const Late = later(load);
    render(<Late name="Grace" />);
    await screen.findByText('Hello Grace', {}, { timeout: 4_000 });
    expect(load).toHaveBeenCalledTimes(2);
  });
});
