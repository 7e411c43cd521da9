import type { Hono } from 'hono';
import { referencePage } from './docs/page.ts';
import type { Env } from './env.ts';
import { openApiDocument } from './openapi/document.ts';
import { json } from './reply.ts';

/** `openapi.json` and `docs`, each made when it is first asked for. */
export function addReference(app: Hono<Env>, basePath: string): void {
  let document: string | undefined;
  let page: ReturnType<typeof referencePage> | undefined;
  app.get(`${basePath}/openapi.json`, ({ env }) => {
    document ??= JSON.stringify(openApiDocument({ basePath }));
    return json(200, document, env.requestId);
  });
  app.get(`${basePath}/docs`, ({ env }) => {
    page ??= referencePage(openApiDocument({ basePath }));
    return new Response(page.html, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': page.policy,
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-request-id': env.requestId,
      },
    });
  });
}
