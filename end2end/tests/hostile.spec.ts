// An organization whose every text is an attack: it is refused, or it is text and nothing else.

import type { Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { Kayle, type NewSession, type Organization, orgCreate } from '../support/kayle';
import { Phone } from '../support/phone';
import { DO } from '../support/words';

const SCRIPT = '<script>window.xss=1</script>';
const NAME = `</title></script>${SCRIPT}"'><img src=x onerror=window.xss=1>&lt;b&gt;{{7*7}}\${7*7}<!--`;
const REASONS = [
  `"><img src=x onerror=window.xss=1>`,
  `</q></li></ul></form>${SCRIPT}<form action=//elsewhere.example>`,
  `' autofocus onfocus=window.xss=1 x='`,
  `&lt;script&gt;&#x3c;svg onload=window.xss=1&#62; &amp;amp; %3Cscript%3E`,
  `{{constructor.constructor('window.xss=1')()}} \\u003cscript\\u003e ]]> <![CDATA[ <!-- -->`,
  `<style>*{display:none}</style><base href=//elsewhere.example><meta http-equiv=refresh content=0>`,
] as const;
const KEYS = ['family_name', 'given_names', 'nationality_code', 'date_of_birth', 'document_number', 'kayle_document_id'] as const;
const LINK = `"><script>window.xss=1</script><a href='javascript:window.xss=1`;
const EMAIL = `{{7*7}}'$=!@elsewhere.example`;

const HOSTILE: Organization = {
  name: NAME,
  website: `https://elsewhere.example/${LINK}`,
  privacyUrl: `https://elsewhere.example/?a=${LINK}`,
  termsUrl: `https://elsewhere.example/#${LINK}`,
  supportEmail: EMAIL,
  fallbackUrl: `https://elsewhere.example/post${LINK}`,
};

/** Nothing of it has become an element, a handler, a script or a dialog. */
async function inert(page: Page, state: string, scripts = 2): Promise<void> {
  const found = await page.evaluate(() => {
    const all = [...document.querySelectorAll('*')];
    return {
      ran: 'xss' in window,
      scripts: document.scripts.length,
      elements: [...document.querySelectorAll('img, iframe, object, embed, base, style, body form form, main svg:not(#qr) [onload]')].map((e) => e.outerHTML),
      handlers: all.filter((e) => e.getAttributeNames().some((name) => name.startsWith('on'))).map((e) => e.outerHTML),
      forms: [...document.forms].map(({ action }) => new URL(action).origin).filter((origin) => origin !== location.origin),
      links: [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].map(({ protocol }) => protocol),
      refresh: document.querySelectorAll('meta[http-equiv]').length, // those in <noscript> are text
    };
  });
  expect.soft(found, state).toMatchObject({ ran: false, scripts, elements: [], handlers: [], forms: [], refresh: 0 });
  expect.soft(found.links.filter((protocol) => !/^(https?|mailto):$/.test(protocol)), state).toEqual([]);
}

test('what is accepted is shown as the text it is, in every state', async ({ page, elsewhere }) => {
  const kayle = await Kayle.start({}, HOSTILE);
  try {
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const fields = Object.fromEntries(REASONS.map((reason, at) => [KEYS[at] ?? '', { required: at % 2 === 0, reason }]));
    elsewhere.page('/back', '<h1>Back</h1>');
    const body: NewSession = {
      share_fields: fields,
      redirect_url: `${elsewhere.stranger}/back?x="><script>window.xss=1</script>#</script><script>window.xss=1</script>`.replaceAll(' ', ''),
      client_reference_id: SCRIPT,
      metadata: { [`${SCRIPT}`.slice(0, 40)]: `"><img src=x onerror=window.xss=1>` },
      locale: 'xx-script',
    };
    const session = await kayle.createSession(body);
    const id = session.id;
    const h1 = page.getByRole('heading', { level: 1 });
    /** The name as the page shows it: whole, whatever isolates it from the words around it. */
    const named = async (state: string): Promise<void> => {
      const text = (await page.locator('body').innerText()).replaceAll(/[\u2066-\u2069]/g, '');
      expect.soft(text, state).toContain(NAME);
    };

    await page.goto(session.verification_url);
    await expect(h1).toContainText(NAME);
    await expect(page).toHaveTitle(new RegExp(NAME.slice(0, 30).replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')));
    for (const reason of REASONS) await expect(page.locator('main form').getByText(reason, { exact: true })).toBeVisible();
    await page.getByText(DO.cannot).click();
    await expect(page.getByRole('link', { name: EMAIL })).toHaveAttribute('href', `mailto:${EMAIL.replaceAll(/[^\w.~@+-]/g, (c) => encodeURIComponent(c).replace(/^([!'()*])$/, (d) => `%${d.charCodeAt(0).toString(16).toUpperCase()}`))}`);
    await named('consent');
    await inert(page, 'consent');
    const outward = await page.locator('main a[target="_blank"]').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).host));
    expect(outward).toEqual(Array.from({ length: 4 }, () => 'elsewhere.example'));

    await page.goto(`${kayle.url}/${id}?ask=cancel`);
    await named('ask-cancel');
    await inert(page, 'ask-cancel', 1);
    await page.goto(`${kayle.url}/${id}`);
    await page.getByRole('checkbox').last().check();
    await page.getByRole('button', { name: DO.agree }).click();
    await expect(h1).toBeFocused();
    await named('handoff');
    await inert(page, 'handoff');

    const phone = await Phone.start(kayle, session.verification_url, 'liveness-fail');
    try {
      await phone.through('liveness');
      // The page of the face, not the one before it.
      await expect(page.locator('.checks li').nth(2)).toHaveClass('now');
      await named('progress');
      await inert(page, 'progress');
      await page.clock.install();
      await phone.finish();
    } finally {
      await phone.drop();
    }
    await page.getByRole('button', { name: DO.stay }).click();
    await named('failed');
    await inert(page, 'failed', 1);
    await page.getByRole('button', { name: DO.goOn }).click();
    await page.clock.runFor(6_000);
    await expect(page.getByRole('heading', { name: 'Back' })).toBeVisible();
    expect(new URL(page.url()).origin).toBe(elsewhere.stranger);
    expect(new URL(page.url()).searchParams.get('status')).toBe('failed');

    const other = await kayle.createSession({ ...body, locale: undefined });
    await page.goto(other.verification_url);
    await expect(h1).toContainText(NAME);
    await kayle.cancel(other.id);
    await expect(h1).not.toContainText('asks'); // by itself
    await named('cancelled by the organization');
    await inert(page, 'cancelled by the organization', 1);

    const won = await kayle.createSession(body);
    const winner = await Phone.start(kayle, won.verification_url, 'pass');
    await winner.finish();
    await page.goto(`${won.verification_url}`);
    await named('succeeded');
    await inert(page, 'succeeded', 1);
    await page.goto(`${kayle.url}/${won.id}?ask=withdraw`);
    await named('ask-withdraw');
    await inert(page, 'ask-withdraw', 1);
    expect(dialogs).toEqual([]);
  } finally {
    await kayle.stop();
  }
});

test('an organization cannot have an address that is no web address, or a name that hides', async ({ site }) => {
  const refused: Partial<Organization>[] = [
    { website: 'javascript:window.xss=1' },
    { website: ' javascript:window.xss=1' },
    { website: 'java\tscript:window.xss=1' },
    { privacyUrl: 'data:text/html,<script>window.xss=1</script>' },
    { termsUrl: 'vbscript:x' },
    { fallbackUrl: 'JaVaScRiPt:window.xss=1' },
    { fallbackUrl: '//elsewhere.example' },
    { fallbackUrl: 'file:///etc/passwd' },
    { supportEmail: 'javascript:window.xss=1' },
    { supportEmail: 'a b@elsewhere.example' },
    { supportEmail: `"><img/src=x/onerror=window.xss=1>@elsewhere.example` },
    { name: 'Bank\u202Egnitset' },
    { name: 'Bank\u2066' },
    { name: 'Bank\u0007' },
    { name: '\u2028 \n ' },
    { name: 'x'.repeat(201) },
    { supportEmail: 'help@bank.example\u202Emoc.live' },
    { supportEmail: 'help@bank.example\nbcc:x@elsewhere.example' },
    { supportEmail: 'help@bank.example?bcc=x@elsewhere.example&body=x' },
  ];
  for (const one of refused) {
    const { ok, said } = await site.kayle.command(...orgCreate({ name: 'Refused', ...one }));
    expect.soft(ok, `${JSON.stringify(one)}: ${said}`).toBe(false);
  }
});

test('a session cannot hold what hides, reorders or leads astray', async ({ site }) => {
  const field = (reason: string): NewSession => ({ share_fields: { family_name: { required: true, reason } } });
  const refused: NewSession[] = [
    ...['x\u202Ey', 'x\u2067y', 'x\u2028y', 'x\u2029y', 'x\u0000y', 'x\u001by', 'x\u0085y', ' ', 'x'.repeat(201)].map(field),
    { share_fields: { '<script>': { required: true, reason: 'x' } } },
    { share_fields: { __proto__x: { required: true, reason: 'x' } } },
    ...['javascript:window.xss=1', 'data:text/html,x', '//elsewhere.example/', 'https:elsewhere.example', 'https://a@elsewhere.example/',
      'https://elsewhere.example/\u202E', 'https://elsewhere.example/\n', 'https://elsewhere.example\\@shop.example/', 'http://elsewhere.example/',
      ' https://elsewhere.example/', 'https://', `https://elsewhere.example/${'x'.repeat(2048)}`].map((redirect_url) => ({ redirect_url })),
    ...['<script>', 'en"><script>', 'en\u0000', 'e', 'en-', 'en_US', '../../etc'].map((locale) => ({ locale })),
    ...['x\u0000', 'x\u202E', 'x'.repeat(1_000)].map((client_reference_id) => ({ client_reference_id })),
    { metadata: { a: 'x\u2028' } },
    { metadata: { 'a\u0000': 'x' } },
  ];
  for (const body of refused) {
    await expect.soft(site.kayle.createSession(body), JSON.stringify(body).slice(0, 120)).rejects.toThrow(/: 4(00|22) /);
  }
});
