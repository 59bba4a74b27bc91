/** The page that shows /openapi.json. It loads nothing from other hosts and runs only its own script. */
import { Hono } from 'hono';
import style from '../../api/page.css?raw';
import html from '../../api/page.html?raw';
import script from '../../api/page.js?raw';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function pageRoutes(): Hono {
  const routes = new Hono();
  const part = (path: string, type: string, text: string) =>
    routes.get(path, (c) =>
      c.body(text, 200, { 'Content-Type': `${type}; charset=utf-8`, 'Content-Security-Policy': POLICY }),
    );
  part('/', 'text/html', html);
  part('/page.js', 'text/javascript', script);
  part('/page.css', 'text/css', style);
  return routes;
}
