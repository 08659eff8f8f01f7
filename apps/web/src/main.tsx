import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';
import { setUpLanguage } from './locales/use-texts.js';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
await setUpLanguage();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
