/** An answer that is a file, as the SDK has it. */
interface AnsweredFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly base64: string;
}

/**
 * The file itself, for whoever does not ask for JSON: browsers and `curl` get
 * something to save or to show, `@ticketi/client` what the SDK answers.
 */
export function fileAnswer(
  request: Request,
  output: unknown,
  requestId: string,
): Response | undefined {
  if (!isFile(output) || asksForJson(request.headers.get('accept'))) return undefined;
  const { fileName, contentType, base64 } = output;
  return new Response(Buffer.from(base64, 'base64'), {
    status: 200,
    headers: {
      'content-type': contentType,
      'content-disposition': disposition(fileName),
      'cache-control': 'no-store',
      vary: 'accept',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
    },
  });
}

function isFile(output: unknown): output is AnsweredFile {
  return typeof output === 'object' && output !== null && 'base64' in output;
}

/** Only who names JSON gets it: `*\/*` is what everybody sends who does not care. */
function asksForJson(accept: string | null): boolean {
  return (accept ?? '').split(',').some((type) => /^\s*application\/json\s*(;|$)/i.test(type));
}

/** RFC 6266: a plain name for old readers, and the very one (RFC 8187). */
function disposition(fileName: string): string {
  const plain = fileName.replaceAll(/[^\w.-]/g, '_');
  const exact = encodeURIComponent(fileName).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
