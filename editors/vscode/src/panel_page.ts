// The page of the preview's panel.

/** The panel's page: a frame, and nothing else. */
export function page(address: string, slide: string): string {
  const origin = new URL(address).origin;
  const source = new URL(slide, address.endsWith("/") ? address : `${address}/`).href.replaceAll('"', "%22");
  return `<!DOCTYPE html>
<html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; frame-src ${origin}; style-src 'unsafe-inline'">
<style>html, body, iframe { margin: 0; padding: 0; border: 0; width: 100%; height: 100vh; display: block }</style>
</head><body><iframe src="${source}" title="Kejian" allow="fullscreen"></iframe></body></html>`;
}
