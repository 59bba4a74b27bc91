/** Access control: each route needs a token with a scope. On this machine only, tokens can be switched off. */
import type { MiddlewareHandler } from 'hono';
import type { Service } from '../service.ts';
import { allows, type Scope } from '../tokens.ts';
import { Problem } from './problem.ts';

export function needs(service: Service, scope: Scope): MiddlewareHandler {
  return async (c, next) => {
    const { tokens } = service;
    if (!tokens) refuseOtherSites(c.req.header('Host'), c.req.header('Origin'), service.origins);
    else {
      const has = scopeIn(c.req.header('Authorization'), tokens);
      if (!allows(has, scope))
        throw new Problem(403, `This needs a token of scope "${scope}"; yours has "${has}".`, 'Scope');
    }
    await next();
  };
}

function scopeIn(header: string | undefined, tokens: NonNullable<Service['tokens']>): Scope {
  const given = /^Bearer ([\w-]{20,200})$/i.exec(header ?? '');
  const scope = given && tokens.scopeOf(given[1]);
  if (scope) return scope;
  throw new Problem(
    401,
    given
      ? 'This token is not known here. "entendu token add NAME" makes one.'
      : 'Send the header "Authorization: Bearer TOKEN". "entendu token add NAME" makes a token.',
    'Token',
  );
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/** Without tokens, pages of other sites must not reach the service, neither directly nor by DNS rebinding. */
function refuseOtherSites(host = '', origin: string | undefined, allowed: string[]): void {
  const isOwn = origin === undefined || origin === `http://${host}` || allowed.includes(origin);
  if (LOOPBACK.test(host) && isOwn) return;
  throw new Problem(403, 'Without tokens only programs on this machine may call the service.', 'OtherSite');
}
