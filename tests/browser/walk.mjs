// Walks the demo in a real browser, in each language, with and without JavaScript, on a small and a large window.
//
//   node walk.mjs BASE_URL SCREENSHOT_FOLDER [under-attack]
//
// With `under-attack` the demo runs with the flag of that name, and what is looked at is what naming an account costs then.
//
// Knows of the pages only what their HTML promises (data-page, autocomplete, names of buttons). Prints what it measured,
// and every finding; ends with 1 when there is one.

import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const [base, folder, mode] = process.argv.slice(2);
const axe = fs.readFileSync(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const FIRST_PAGE_BYTES_MAX = 14 * 1024;
const WALK_BYTES_MAX = 60 * 1024;
const PATIENCE_MS = 30_000;
const LIMIT_MS = 240_000;
const PASSWORDS = ['Quatre-Bateaux-Verts-', 'Drei-Blaue-Segel-'];

const camille = { name: 'camille.dubois@deuxrivieres.example', email: 'pcamille@charleroi.example', typed: '0470 12 34 67', mobile: '+32470123467' };
const eloise = { name: "éloïse.d'hondt@deuxrivieres.example", email: 'eloise.dhondt@charleroi.example', typed: '+32 470 22 44 66', mobile: '+32470224466' };

// Each language meets both widths, both colour schemes, and both states of JavaScript.
const walks = [
  { language: 'fr', script: true, width: 320, scheme: 'light', person: camille },
  { language: 'fr', script: false, width: 1280, scheme: 'dark', person: eloise },
  { language: 'nl', script: false, width: 320, scheme: 'dark', person: camille },
  { language: 'nl', script: true, width: 1280, scheme: 'light', person: eloise },
  { language: 'de', script: true, width: 320, scheme: 'dark', person: camille },
  { language: 'de', script: false, width: 1280, scheme: 'light', person: eloise },
  { language: 'en', script: false, width: 320, scheme: 'light', person: camille },
  { language: 'en', script: true, width: 1280, scheme: 'dark', person: eloise },
];

const findings = [];
let pages = 0;

/** One browser context with one tab, and everything that it meets. */
class Visit {
  static async open(browser, walk) {
    const { language, script, width, scheme } = walk;
    const looks = {
      locale: language,
      viewport: { width, height: width < 600 ? 640 : 900 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
    };
    const context = await browser.newContext({ ...looks, javaScriptEnabled: script });
    const visit = new Visit();
    visit.walk = walk;
    visit.label = `${language}-${width}-${scheme}-${script ? 'script' : 'plain'}`;
    visit.context = context;
    visit.page = await context.newPage();
    visit.page.setDefaultTimeout(PATIENCE_MS);
    if (!script) visit.twin = await browser.newPage(looks);
    visit.shots = 0;
    await visit.#listen();
    return visit;
  }

  async #listen() {
    this.requests = [];
    this.complaints = [];
    const wire = await this.context.newCDPSession(this.page);
    await wire.send('Network.enable');
    const open = new Map();
    wire.on('Network.requestWillBeSent', ({ requestId, request, redirectResponse }) => {
      if (redirectResponse) this.requests.push({ ...open.get(requestId), bytes: redirectResponse.encodedDataLength, redirect: true });
      open.set(requestId, { url: request.url });
    });
    wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const request = open.get(requestId);
      if (request && !request.url.startsWith('data:')) this.requests.push({ ...request, bytes: encodedDataLength });
    });
    this.page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    this.page.on('pageerror', (error) => this.complaints.push(String(error)));
    this.page.on('requestfailed', (request) => this.complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  }

  /** What went over the wire for pages alone: the script and the icon come once and stay in the browser's cache. */
  documents() {
    return this.requests.filter(({ url }) => !/\/(script\.js|favicon\.ico)$/.test(url));
  }

  bytes() {
    return this.documents().reduce((sum, { bytes }) => sum + bytes, 0);
  }

  find(text) {
    findings.push(`${this.label} ${this.shots}: ${text}`);
  }

  /** Checks the page that has arrived, and keeps a picture of it. */
  async on(name, { as = name, status = 200 } = {}) {
    const { page } = this;
    await page.waitForLoadState('load');
    const arrived = await page.locator('main').getAttribute('data-page');
    if (arrived !== name) {
      await page.screenshot({ path: path.join(folder, `${this.label}-lost.png`), fullPage: true });
      throw new Error(`${this.label}: ${name} was expected, ${arrived} arrived: ${await page.locator('main').innerText()}`);
    }
    this.shots += 1;
    pages += 1;
    const language = await page.locator('html').getAttribute('lang');
    if (language !== this.walk.language) this.find(`${as} is in ${language}`);
    const { content, window } = await page.evaluate(() => ({
      content: document.documentElement.scrollWidth,
      window: document.documentElement.clientWidth,
    }));
    if (content > window) this.find(`${as} is ${content} px wide in a window of ${window} px`);
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
    const violations = await this.#faults();
    for (const { id, help, nodes } of violations) this.find(`${as}: axe ${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
    const complaints = this.complaints.filter((text) => status === 200 || !text.includes(`status of ${status}`));
    for (const complaint of complaints) this.find(`${as}: console: ${complaint}`);
    this.complaints.length = 0;
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = false; }));
    const file = `${this.label}-${String(this.shots).padStart(2, '0')}-${as}.png`;
    await page.screenshot({ path: path.join(folder, file), fullPage: true });
  }

  /** What axe finds. It needs scripts, so a page of a browser without them is checked in a twin that has them. */
  async #faults() {
    if (this.twin) await this.twin.setContent(await this.page.content());
    const page = this.twin ?? this.page;
    await page.evaluate(axe);
    return (await page.evaluate((values) => axe.run({ runOnly: { type: 'tag', values } }), rules)).violations;
  }

  async close() {
    await this.twin?.context().close();
    await this.context.close();
  }

  async go(address) {
    await this.page.goto(base + address);
  }

  async fill(token, value) {
    for (const field of await this.page.locator(`[autocomplete="${token}"]:visible`).all()) await field.fill(value);
  }

  /** The form's first submit button, by Enter where there is a field. */
  async next() {
    await this.page.locator('form button:not([type=button])').first().click();
  }

  async press(name, value) {
    await this.page.locator(`button[name="${name}"][value="${value}"]`).first().click();
  }
}

async function messages() {
  return (await fetch(`${base}/demo/messages.json`)).json();
}

/** Does something that sends a message, and waits for it. */
async function arrives(channel, to, action) {
  const before = (await messages()).length;
  await action();
  const limit = Date.now() + PATIENCE_MS;
  while (Date.now() < limit) {
    const found = (await messages()).slice(before).find((message) => message.channel === channel && message.to === to);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`no ${channel} to ${to} arrived`);
}

function codeIn({ text }) {
  const found = text.match(/\b\d{6}\b|\b\d{3} \d{3}\b/);
  if (!found) throw new Error(`no code in ${text}`);
  return found[0];
}

/** The ten steps, and sign-in with the new password. */
async function walkAll(browser, walk, turn) {
  const { person } = walk;
  const password = PASSWORDS[turn % PASSWORDS.length] + (turn + 1);
  const visit = await Visit.open(browser, walk);

  await visit.go('/recover');
  await visit.on('identify');
  const first = visit.documents();
  console.log(`${visit.label}: first page ${visit.bytes()} bytes in ${first.length} request(s), with script and icon ${visit.requests.length}`);
  if (first.length > 1) visit.find(`the first page took ${first.length} requests: ${first.map(({ url }) => url).join(' ')}`);
  if (visit.bytes() > FIRST_PAGE_BYTES_MAX) visit.find(`the first page took ${visit.bytes()} bytes`);

  await visit.fill('username', person.name);
  await visit.next();
  await visit.on('method', { as: 'method-1' });
  const mail = await arrives('email', person.email, () => visit.press('method', 'email'));
  await visit.on('code', { as: 'code-email' });
  await visit.fill('one-time-code', codeIn(mail));
  await visit.next();
  await visit.on('method', { as: 'method-2' });
  await visit.press('method', 'sms');
  await visit.on('confirm-contact');
  await visit.fill('tel', person.typed);
  const sms = await arrives('sms', person.mobile, () => visit.next());
  await visit.on('code', { as: 'code-sms' });
  await visit.fill('one-time-code', codeIn(sms));
  await visit.next();
  await visit.on('new-password');
  await visit.fill('new-password', password);
  if (walk.script) await checkHelp(visit);
  await visit.next();
  await visit.on('done');
  const bytes = visit.bytes();
  console.log(`${visit.label}: whole walk ${bytes} bytes in ${visit.documents().length} requests`);
  if (bytes > WALK_BYTES_MAX) visit.find(`the whole walk took ${bytes} bytes`);

  await visit.page.locator('main a[href="/sign-in"]').first().click();
  await visit.on('sign-in');
  await visit.fill('username', person.name);
  await visit.fill('current-password', password);
  await visit.next();
  await visit.on('signed-in');
  await visit.close();
}

/** What the script adds: each rule is ticked, the strength has a word, and the password can be shown. */
async function checkHelp(visit) {
  const { page } = visit;
  const open = await page.locator('.rules li[data-rule]:not(.met)').count();
  if (open > 0) visit.find(`${open} rules are not ticked for a good password`);
  if (!(await page.locator('#strength').isVisible())) visit.find('no strength is shown');
  const show = page.locator('.secret button').first();
  await show.click();
  if ((await page.locator('#password').getAttribute('type')) !== 'text') visit.find('"show" does not show');
  await page.screenshot({ path: path.join(folder, `${visit.label}-${visit.shots}-new-password-typed.png`), fullPage: true });
  await show.click();
}

/** The pages beside the way: errors, stops, the secretariat, 404. */
async function detour(browser, walk) {
  const visit = await Visit.open(browser, walk);
  await visit.go('/sign-in');
  await visit.next();
  await visit.on('sign-in', { as: 'sign-in-empty' });
  await visit.go('/recover');
  await visit.next();
  await visit.on('identify', { as: 'identify-empty' });
  await visit.fill('username', walk.person.name);
  await visit.next();
  await visit.press('method', 'call');
  await visit.fill('tel', '0471 99 99 98');
  await visit.next();
  await visit.on('confirm-contact', { as: 'confirm-contact-wrong' });
  await visit.fill('tel', walk.person.typed);
  await visit.next();
  await visit.on('code', { as: 'code-call' });
  await visit.fill('one-time-code', '000000');
  await visit.next();
  await visit.on('code', { as: 'code-wrong' });
  await visit.page.locator('button[name=do][value=fresh]').first().click();
  await visit.on('code', { as: 'code-not-yet' });
  await visit.page.locator('button[name=do][value=cancel]').first().click();
  await visit.on('stopped', { as: 'stopped-cancelled' });
  await visit.go('/recover');
  await visit.fill('username', 'nobody.at.all');
  await visit.next();
  await visit.press('method', 'none');
  await visit.on('stopped', { as: 'stopped-no-method' });
  await visit.page.locator('a[href="/contact-helpdesk"]').first().click();
  await visit.on('contact-helpdesk');
  await visit.page.locator('#name').fill('Camille');
  await visit.next();
  await visit.on('contact-helpdesk', { as: 'contact-helpdesk-incomplete', status: 422 });
  await visit.page.locator('#reach').fill('0470 12 34 67');
  await visit.page.locator('#what').fill('?');
  await visit.next();
  await visit.on('contact-helpdesk', { as: 'contact-helpdesk-sent' });
  await visit.go('/not-me?report=old');
  await visit.on('not-me', { as: 'not-me-unknown' });
  await visit.go('/recover/code');
  await visit.on('stopped', { as: 'stopped-gone-on' });
  await visit.go('/nowhere');
  await visit.on('error', { status: 404 });
  await visit.close();
}

/** What lies behind sign-in, a refused password, and the report of a reset. */
async function behind(browser, walk) {
  const noah = { name: 'noah.peeters@deuxrivieres.example', email: 'nora.peeters@sambre.example', typed: '0470456712', mobile: '+32470456712' };
  const visit = await Visit.open(browser, walk);
  await visit.go('/sign-in');
  await visit.fill('username', noah.name);
  await visit.fill('current-password', 'Vier-Rode-Fietsen-9');
  await visit.next();
  await visit.page.locator('a[href="/change-password"]').first().click();
  await visit.on('change-password');
  await visit.fill('current-password', 'Vier-Rode-Fietsen-9');
  await visit.fill('new-password', 'noah');
  await visit.next();
  await visit.on('change-password', { as: 'change-password-refused' });
  await visit.fill('current-password', 'Vier-Rode-Fietsen-9');
  await visit.fill('new-password', 'Zes-Groene-Manden-4');
  const told = await arrives('email', noah.email, () => visit.next());
  await visit.on('signed-in', { as: 'signed-in-changed' });
  const [link] = told.text.match(/http\S+/);
  await visit.page.goto(link);
  await visit.on('not-me');
  await visit.next();
  await visit.on('not-me', { as: 'not-me-done' });
  await visit.go('/demo/messages');
  await visit.page.evaluate(() => document.querySelectorAll('iframe').forEach((frame) => { frame.loading = 'eager'; }));
  await visit.page.waitForLoadState('networkidle');
  await visit.on('messages');
  await visit.close();
}

/** Holds the browser's work back until `window.release()`, so that what it does meanwhile can be seen. */
function holdWork() {
  const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
  const held = new Promise((resolve) => { window.release = resolve; });
  crypto.subtle.deriveBits = async (...what) => { await held; return derive(...what); };
}

/** Something must be said to who listens to the page, while it stays where it is. */
async function working(visit, name) {
  const said = await visit.page.locator('#work[role=status]').innerText();
  if (!said) visit.find(`${name}: nothing is said while the work is done`);
}

/** With JavaScript: the work is unseen; when it isn't done at the click, the page goes on by itself. */
async function works(browser, walk) {
  const unseen = await Visit.open(browser, walk);
  await unseen.go('/recover');
  await unseen.page.waitForFunction(() => document.querySelector('input[name=solution]').value !== '');
  const took = await unseen.page.evaluate(() => performance.now());
  await unseen.on('identify', { as: 'identify-with-work' });
  if (await unseen.page.locator('#work').innerText()) unseen.find('the work is seen');
  console.log(`${unseen.label}: the work was done ${Math.round(took)} ms after the page began to load`);
  await unseen.fill('username', walk.person.name);
  await unseen.next();
  await unseen.on('method');
  await unseen.close();

  const held = await Visit.open(browser, walk);
  await held.context.addInitScript(holdWork);
  await held.go('/recover');
  await held.fill('username', walk.person.name);
  await held.next();
  await held.on('identify', { as: 'identify-working' });
  await working(held, 'identify');
  await held.page.evaluate(() => window.release());
  await held.page.waitForURL('**/recover/method');
  await held.on('method');

  // A solution that was used before, as by a double click: the page that waits works by itself.
  await held.go('/recover');
  await held.fill('username', walk.person.name);
  await held.page.evaluate(() => {
    const { form } = document.querySelector('input[name=solution]');
    form.elements.solution.value = '1';
    form.submit();
  });
  await held.page.waitForSelector('main[data-page=wait]');
  await held.on('wait', { as: 'wait-working', status: 429 });
  await working(held, 'wait');
  await held.page.evaluate(() => window.release());
  await held.page.waitForURL('**/recover/method');
  await held.on('method');

  await held.go('/recover');
  await held.page.locator('button[name=do][value=cancel]').click();
  await held.on('sign-in', { as: 'cancel-is-not-held-up' });
  await held.close();
}

/** Without JavaScript: a turn, by keyboard; too early it says how long it still takes, in time it goes on. */
async function waits(browser, walk) {
  const visit = await Visit.open(browser, walk);
  await visit.go('/recover');
  await visit.fill('username', walk.person.name);
  const answered = visit.page.waitForResponse((response) => response.request().method() === 'POST');
  await visit.next();
  const seconds = Number((await answered).headers()['retry-after']);
  const until = Date.now() + seconds * 1000;
  await visit.on('wait', { status: 429 });
  if (!(seconds > 0 && seconds <= 60)) visit.find(`the turn comes in ${seconds} s`);
  if (!(await visit.page.locator('main').innerText()).includes(String(seconds))) visit.find('the page does not say how long to wait');
  await byKeyboard(visit);
  await visit.on('wait', { as: 'wait-early', status: 429 });
  if (!(await visit.page.locator('.bad[role=alert]').isVisible())) visit.find('nothing says that it is too early');
  await visit.page.waitForTimeout(Math.max(0, until - Date.now()) + 1000);
  await byKeyboard(visit);
  await visit.on('method');
  await visit.close();
}

/** Presses the form's first button as someone without a mouse does. */
async function byKeyboard({ page }) {
  const is = () => document.activeElement?.matches('form .actions button:first-child');
  for (let turn = 0; turn < 40 && !(await page.evaluate(is)); turn += 1) await page.keyboard.press('Tab');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

// A browser that hangs must not hang the tests.
setTimeout(() => {
  console.log(`no end after ${LIMIT_MS / 1000} s, ${pages} pages looked at`);
  process.exit(2);
}, LIMIT_MS).unref();

fs.mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
});
try {
  if (mode === 'under-attack') {
    await Promise.all(walks.slice(0, 4).filter(({ script }) => !script).map((walk) => waits(browser, walk)));
    for (const walk of walks.slice(2, 6).filter(({ script }) => script)) await works(browser, walk);
  } else await everyday();
} catch (error) {
  findings.push(String(error));
} finally {
  await browser.close();
}

async function everyday() {
  for (const [turn, walk] of walks.entries()) await walkAll(browser, walk, turn);
  for (const walk of walks.filter((_, turn) => turn % 2 === 0)) await detour(browser, { ...walk, person: walk.language < 'f' ? camille : eloise });
  await behind(browser, { ...walks[1], script: true });
}
console.log(`${pages} pages looked at, ${findings.length} findings`);
for (const finding of findings) console.log(`- ${finding}`);
process.exit(findings.length > 0 ? 1 : 0);
