import { describe } from 'vitest';
import { findBrowser } from '../../.setup/browser.mjs';
import { openChromium } from './chromium.ts';
import { journeys } from './journeys.ts';

describe.skipIf(!findBrowser())('needs Chromium', () => journeys(openChromium));
