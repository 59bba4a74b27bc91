import { describe } from 'vitest';
import { findFirefox } from '../../.setup/browser.mjs';
import { openFirefox } from './firefox.ts';
import { journeys } from './journeys.ts';

describe.skipIf(!findFirefox())('needs Firefox', () => journeys(openFirefox));
