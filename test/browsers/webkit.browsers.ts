import { describe } from 'vitest';
import { findWebKit } from '../../.setup/browser.mjs';
import { journeys } from './journeys.ts';
import { openWebKit } from './webkit.ts';

describe.skipIf(!findWebKit())('needs WebKitWebDriver, its MiniBrowser and Xvfb', () => journeys(openWebKit));
