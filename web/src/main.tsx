import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';
import { startTexts } from './i18n/i18n.js';

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no #root');
await startTexts();
createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
// See public/load-guard.js.
sessionStorage.removeItem('lab.loads');
