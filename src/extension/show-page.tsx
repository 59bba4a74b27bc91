/** What each page of the extension does first: words, look and trusted scripts, then its content. */
import { type ComponentChild, render } from 'preact';
import { speak, wholeTable } from '../ui/messages/messages.ts';
import { followLook, languageOf, openSettings } from '../ui/settings/settings.ts';
import { trustOwnScripts } from '../ui/trust.ts';
import '../ui/tokens.css';
import '../ui/base.css';
import './extension.css';

export async function showPage(draw: () => ComponentChild): Promise<void> {
  trustOwnScripts();
  const settings = openSettings();
  followLook(settings);
  await speak(languageOf(settings.value));
  await wholeTable();
  render(draw(), document.getElementById('app')!);
}
