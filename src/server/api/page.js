// Shows what /openapi.json says, and sends a file to be recognised.

/**
 * @param {string} name
 * @param {string | undefined} text
 * @param {(Node | string)[]} inside
 */
function element(name, text, ...inside) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  made.append(...inside);
  return made;
}

/** @param {[string, string][]} rows */
const terms = (rows) =>
  element('dl', undefined, ...rows.flatMap(([term, words]) => [element('dt', term), element('dd', words)]));

/** @param {string} path @param {string} method @param {any} operation */
function described(path, method, operation) {
  const { summary, description, parameters = [], requestBody, responses } = operation;
  const scope = operation['x-scope'] ? ` Token of scope "${operation['x-scope']}".` : '';
  const heading = element('summary', undefined, element('code', `${method.toUpperCase()} ${path}`), ` ${summary}`);
  const about = element('details', undefined, heading, element('p', `${description ?? ''}${scope}`.trim()));
  if (parameters.length > 0)
    about.append(
      terms(
        parameters.map((/** @type {any} */ { name, in: place, description: words }) => [
          place === 'query' ? `?${name}=` : name,
          words,
        ]),
      ),
    );
  if (requestBody)
    about.append(terms([[`Body: ${Object.keys(requestBody.content).join(', ')}`, requestBody.description]]));
  about.append(
    terms(Object.entries(responses).map(([status, /** @type {any} */ { description: words }]) => [status, words])),
  );
  return about;
}

async function show() {
  const { paths } = await (await fetch('/openapi.json')).json();
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => described(path, method, operation)),
  );
  document.querySelector('#operations')?.replaceChildren(...all);
  const { status, tracks, detail } = await (await fetch('/health/ready')).json();
  const health = document.querySelector('#health');
  if (health)
    health.textContent = status === 'ready' ? `Ready, with ${tracks} ${tracks === 1 ? 'track' : 'tracks'}.` : detail;
}

const field = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (document.querySelector(`#${id}`));

document.querySelector('#try')?.addEventListener('submit', async (event) => {
  event.preventDefault();
  const answer = document.querySelector('#answer');
  if (!answer) return;
  answer.textContent = 'Asking ...';
  const token = field('token').value.trim();
  try {
    const response = await fetch('/v1/recognize', {
      method: 'POST',
      body: field('file').files?.[0],
      headers: token ? { Authorization: `Bearer ${token}` } : {},
    });
    answer.textContent = JSON.stringify(await response.json(), null, 2);
  } catch (error) {
    answer.textContent = `The service cannot be reached: ${error instanceof Error ? error.message : error}`;
  }
});

await show();
