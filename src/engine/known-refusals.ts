/** The refusals of a library, as matching asks for them. A module of its own, loaded only if there are any. */
import type { Field } from '../match/field.ts';
import { isRefusedSound } from '../match/refused.ts';
import { Refusals } from '../sessions/refusals.ts';

export class KnownRefusals extends Refusals {
  isRefused(contentId: string, field: Field, score: number, ordinaryTones: number): boolean {
    const refused = this.of(contentId);
    return refused.length > 0 && isRefusedSound(refused, field, score, ordinaryTones);
  }
}
