/** The refusals of a library, as matching asks for them. A module of its own, loaded only if there are any. */
import type { Field } from '../match/field/field.ts';
import { type Fitting, isRefusedSound } from '../match/judge/refused.ts';
import { Refusals } from '../sessions/refusals.ts';

export class KnownRefusals extends Refusals {
  isRefused(contentId: string, where: Fitting, field: Field): boolean {
    const refused = this.of(contentId);
    return refused.length > 0 && isRefusedSound(refused, where, field);
  }
}
