// The voting booth: shows a battle, takes a ballot by mouse, touch, keyboard or screen reader, sends it until the server has
// answered, and only then shows who was who. The next battle is fetched while this one is looked at.
(() => {
  const LETTERS = 'ABCDEF';
  const FRESH = 30 * 60 * 1000; // a battle fetched ahead is thrown away after so long
  const MODE = 'arena-best-worst';
  const KEYS = 'arena-no-keys';

  const make = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (value === null || value === undefined || value === false) { continue; }
      if (name.startsWith('on')) { element.addEventListener(name.slice(2), value); }
      else if (name === 'text') { element.textContent = value; }
      else { element.setAttribute(name, value === true ? '' : value); }
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };
  /** A button that cannot be used now keeps the focus, which a disabled one would lose. */
  const enable = (button, can) => button.setAttribute('aria-disabled', String(!can));
  const nameOf = (slot) => 'Entry ' + LETTERS[slot];
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  class Refusal extends Error {
    constructor(sentence, status, after) {
      super(sentence);
      this.status = status;
      this.after = after;
    }

    get passes() { return this.status === 0 || this.status === 429 || this.status >= 500; }
  }

  const post = async (url, body) => {
    let answer;
    try {
      answer = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify(body),
        cache: 'no-store',
      });
    } catch {
      throw new Refusal('The server cannot be reached.', 0, 2);
    }
    const type = answer.headers.get('Content-Type') ?? '';
    const content = type.includes('json') ? await answer.json() : null;
    if (answer.ok && content) { return content; }
    const sentence = content?.detail ?? content?.title ?? 'The server could not answer.';
    throw new Refusal(sentence, answer.status, Number(answer.headers.get('Retry-After')) || 2);
  };

  /** Fetches a battle and everything it shows, ready to be put on the page at once. */
  const prepare = async (battle) => {
    const contents = [battle.input, ...battle.slots.flatMap((slot) => [slot.output, slot.input])].filter((content) => content?.kind === 'image');
    await Promise.all(contents.map(async (content) => {
      const answer = await fetch(content.url, { cache: 'no-store' });
      if (!answer.ok) { throw new Refusal('A picture of this battle could not be loaded.', answer.status, 2); }
      content.source = URL.createObjectURL(await answer.blob());
    }));
    return { ...battle, preparedAt: Date.now() };
  };
  const release = (battle) => {
    for (const content of [battle.input, ...battle.slots.flatMap((slot) => [slot.output, slot.input])]) {
      if (content?.source) { URL.revokeObjectURL(content.source); }
    }
  };

  class ArenaBooth extends HTMLElement {
    #battle = null;
    #next = null;
    #tiers = [];
    #current = 0;
    #phase = 'starting';
    #shownAt = 0;
    #zoom = { on: false, x: 50, y: 50 };
    #view = 'apart';
    #worst = null;
    #ready = false;
    #keys = (event) => this.#onKey(event);

    connectedCallback() {
      this.reasons = JSON.parse(this.getAttribute('reasons') || '[]');
      document.addEventListener('keydown', this.#keys);
      const first = this.querySelector('[data-battle]');
      const battle = first ? JSON.parse(first.textContent) : null;
      first?.remove();
      this.#start(battle);
    }

    disconnectedCallback() {
      document.removeEventListener('keydown', this.#keys);
      if (this.#battle) { release(this.#battle); }
    }

    get #size() { return this.#battle.slots.length; }

    get #pairwise() { return this.#size === 2; }

    get #bestWorst() { return !this.#pairwise && localStorage.getItem(MODE) === 'on'; }

    async #start(battle) {
      try {
        await this.#show(battle ? await prepare(battle) : await this.#fetch(), false);
      } catch (error) {
        this.#fail(error, () => this.#start(null));
      }
    }

    async #fetch() {
      return prepare(await post(this.getAttribute('draw'), {}));
    }

    #prefetch() {
      this.#next = this.#fetch().catch((error) => error);
    }

    async #advance() {
      if (this.#phase === 'loading') { return; }
      this.#phase = 'loading';
      this.#say('Loading the next battle');
      let next = await (this.#next ?? this.#fetch().catch((error) => error));
      this.#next = null;
      if (next instanceof Error || Date.now() - next.preparedAt > FRESH) {
        next = await this.#fetch().catch((error) => error);
      }
      if (next instanceof Error) {
        this.#phase = 'revealed';
        this.#fail(next, () => this.#advance());
        return;
      }
      const before = this.#battle;
      await this.#show(next, true);
      if (before) { release(before); }
    }

    async #show(battle, focus) {
      this.#battle = battle;
      this.#tiers = [];
      this.#worst = null;
      this.#current = 0;
      this.#zoom = { on: false, x: 50, y: 50 };
      this.#view = 'apart';
      this.classList.remove('zoomed', 'wipe', 'difference');
      const heading = make('h2', { class: 'vote-question', tabindex: '-1', text: this.getAttribute('question') });
      this.cards = battle.slots.map((slot, place) => this.#card(slot, place));
      this.status = make('p', { class: 'vote-status', 'data-status': true });
      this.live = make('p', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite', 'data-says': true });
      this.bar = make('div', { class: 'vote-bar', role: 'group', 'aria-label': 'Your ballot' });
      const list = make('ol', { class: 'slots', 'data-size': String(battle.slots.length), 'data-kind': battle.slots[0].output.kind }, ...this.cards.map((card) => card.item));
      this.more = this.#more();
      const pictures = [...list.querySelectorAll('img')];
      await Promise.all(pictures.map((picture) => picture.decode().catch(() => undefined)));
      this.replaceChildren(heading, make('div', { class: 'vote-given' }, this.#input(battle.input), this.#tools()), list, this.bar, this.status, this.more, this.#help(), this.live);
      this.#phase = 'judging';
      this.#shownAt = performance.now();
      this.#drawBar();
      this.#drawRanks();
      this.dataset.ready = '';
      this.dataset.phase = 'judging';
      if (focus) { heading.focus({ preventScroll: true }); }
      this.#prefetch();
    }

    // ---- what is looked at ----

    #input(content) {
      if (!content) { return null; }
      const body = this.#content(content, 'What the entries were given');
      return content.kind === 'image'
        ? make('figure', { class: 'vote-input' }, body, make('figcaption', { class: 'muted small', text: 'What the entries were given' }))
        : make('details', { class: 'vote-input', open: (content.text?.length ?? 0) < 3000 }, make('summary', { text: 'What the entries were given' }), body);
    }

    #content(content, label) {
      if (content.kind === 'image') {
        return make('img', { src: content.source, width: content.width, height: content.height, alt: label, draggable: 'false' });
      }
      const body = make('div', { class: 'output-text', tabindex: '0', role: 'group', 'aria-label': label });
      body.innerHTML = content.html; // the server has made it safe: no HTML of the writer's, no remote pictures
      return body;
    }

    #card(slot, place) {
      const name = nameOf(place);
      const pairwise = this.#pairwise;
      const badge = make('span', { class: 'rank-badge', 'aria-hidden': 'true' });
      const title = make('h3', { id: `slot-${place}`, text: name });
      const output = make('div', { class: 'output' }, this.#content(slot.output, `${name}'s output`));
      const choose = make('button', {
        type: 'button',
        class: 'button small choose',
        onclick: (event) => { if (event.detail < 2) { this.#choose(place); } },
      });
      const up = make('button', { type: 'button', class: 'icon-button', 'aria-label': `Move ${name} up`, title: 'Move up', text: '▲', onclick: () => this.#move(place, -1) });
      const down = make('button', { type: 'button', class: 'icon-button', 'aria-label': `Move ${name} down`, title: 'Move down', text: '▼', onclick: () => this.#move(place, 1) });
      const controls = make('div', { class: 'slot-controls' }, choose, up, down);
      const reveal = make('p', { class: 'slot-reveal' });
      const acceptable = this.getAttribute('acceptable') === 'true'
        ? make('label', { class: 'check small' }, make('input', { type: 'checkbox', 'data-acceptable': String(place) }), 'acceptable')
        : null;
      const article = make('article', { 'aria-labelledby': `slot-${place}`, tabindex: '-1' },
        make('header', { class: 'slot-head' }, badge, title, pairwise ? null : controls),
        slot.input ? make('div', { class: 'slot-input' }, make('p', { class: 'muted small', text: 'What it was given' }), this.#content(slot.input, `What ${name} was given`)) : null,
        output,
        make('footer', { class: 'slot-foot' }, reveal, acceptable));
      const item = make('li', { class: 'slot', 'data-slot': String(place) }, article);
      output.addEventListener('click', () => { if (slot.output.kind === 'image') { pairwise ? this.#toggleZoom() : this.#choose(place); } });
      output.addEventListener('pointermove', (event) => this.#aim(event, output));
      item.addEventListener('focusin', () => { this.#current = place; this.#drawCurrent(); });
      item.draggable = !pairwise;
      item.addEventListener('dragstart', (event) => event.dataTransfer.setData('text/plain', String(place)));
      item.addEventListener('dragover', (event) => event.preventDefault());
      item.addEventListener('drop', (event) => {
        event.preventDefault();
        const from = Number(event.dataTransfer.getData('text/plain'));
        if (Number.isInteger(from) && from !== place && this.cards[from]) { this.#place(from, place); }
      });
      return { item, article, badge, title, choose, up, down, controls, reveal, output };
    }

    #more() {
      const parts = [];
      if (this.getAttribute('strength') === 'true') {
        const group = make('fieldset', {}, make('legend', { text: 'How strongly?' }));
        [['1', 'slightly'], ['2', 'clearly'], ['3', 'much']].forEach(([value, text]) =>
          group.append(make('label', { class: 'check' }, make('input', { type: 'radio', name: 'strength', value }), text)));
        parts.push(group);
      }
      if (this.reasons.length > 0) {
        const group = make('fieldset', {}, make('legend', { text: 'Why?' }));
        this.reasons.forEach((reason) => group.append(make('label', { class: 'check' }, make('input', { type: 'checkbox', name: 'reason', value: reason }), reason)));
        parts.push(group);
      }
      parts.push(make('label', { class: 'field' }, 'In your own words', make('textarea', { name: 'comment', rows: '2', maxlength: '2000' })));
      return make('details', { class: 'vote-more', open: this.moreOpen || null, ontoggle: (event) => { this.moreOpen = event.target.open; } },
        make('summary', { text: 'Say more (optional)' }), make('div', { class: 'vote-more-body' }, ...parts));
    }

    #help() {
      const image = this.#battle.slots[0].output.kind === 'image';
      const rows = this.#pairwise
        ? [['A, B', 'the better one'], ['T', 'tie'], ['X', 'both bad'], ['S', 'skip'], ['N', 'next battle'], ...(image ? [['Space', 'zoom'], ['V', 'wipe, difference']] : [])]
        : [['A … ' + LETTERS[this.#size - 1], 'select an entry'], ['1 … ' + this.#size, 'give it that place'], ['↑ ↓', 'move it'], ['T', 'tie with the one above'], ['Enter', 'send'], ['X', 'all bad'], ['S', 'skip'], ['N', 'next battle'], ...(image ? [['Space', 'zoom'], ['V', 'wipe, difference']] : [])];
      const list = make('dl', { class: 'keys' });
      rows.forEach(([key, text]) => list.append(make('dt', {}, make('kbd', { text: key })), make('dd', { text })));
      this.help = make('details', { class: 'vote-help' }, make('summary', { text: 'Keyboard' }), list,
        make('label', { class: 'check small' }, make('input', {
          type: 'checkbox',
          checked: localStorage.getItem(KEYS) !== 'on',
          'data-act': 'keys',
          onchange: (event) => localStorage.setItem(KEYS, event.target.checked ? 'off' : 'on'),
        }), 'use these keys'));
      return this.help;
    }

    // ---- the ballot ----

    #button(text, action, extra = {}) {
      return make('button', { type: 'button', class: 'button ' + (extra.kind ?? ''), onclick: action, ...(extra.key ? { 'aria-keyshortcuts': extra.key } : {}), 'data-act': extra.act }, text);
    }

    #drawBar() {
      if (this.#pairwise) {
        this.bar.replaceChildren(
          this.#button('A is better', () => this.#send({ tiers: [[0], [1]] }), { key: 'A', act: 'a', kind: 'vote' }),
          this.#button('Tie', () => this.#send({ tiers: [[0, 1]] }), { key: 'T', act: 'tie', kind: 'vote' }),
          this.#button('Both bad', () => this.#send({ tiers: [[0, 1]], all_bad: true }), { key: 'X', act: 'bad', kind: 'vote' }),
          this.#button('B is better', () => this.#send({ tiers: [[1], [0]] }), { key: 'B', act: 'b', kind: 'vote' }),
          this.#button('Skip', () => this.#send({ form: 'skip' }), { key: 'S', act: 'skip', kind: 'quiet' }));
        return;
      }
      this.submit = this.#button('Send', () => this.#sendOrder(), { key: 'Enter', act: 'send', kind: 'primary' });
      this.reset = this.#button('Start over', () => this.#clear(), { act: 'reset', kind: 'quiet' });
      const mode = make('label', { class: 'check small' }, make('input', {
        type: 'checkbox',
        checked: this.#bestWorst || null,
        'data-act': 'mode',
        onchange: (event) => {
          localStorage.setItem(MODE, event.target.checked ? 'on' : 'off');
          this.#tiers = [];
          this.#worst = null;
          this.#drawRanks();
        },
      }), 'only best and worst');
      this.bar.replaceChildren(
        this.submit,
        this.#button('All bad', () => this.#sendBad(), { key: 'X', act: 'bad' }),
        this.#button('Skip', () => this.#send({ form: 'skip' }), { key: 'S', act: 'skip', kind: 'quiet' }),
        this.reset,
        mode);
    }

    #clear() {
      if (this.#phase !== 'judging') { return; }
      this.#tiers = [];
      this.#worst = null;
      this.#drawRanks();
      this.#say('No places given');
    }

    #tierOf(place) { return this.#tiers.findIndex((tier) => tier.includes(place)); }

    #take(place) {
      this.#tiers = this.#tiers.map((tier) => tier.filter((other) => other !== place)).filter((tier) => tier.length > 0);
    }

    /** A tap: the next place for one that has none, no place for one that has. */
    #choose(place) {
      if (this.#phase !== 'judging') { return; }
      this.#current = place;
      if (this.#bestWorst) {
        if (this.#tierOf(place) >= 0 || this.#worst === place) { this.#take(place); this.#worst = this.#worst === place ? null : this.#worst; this.#say(`${nameOf(place)} has no mark`); }
        else if (this.#tiers.length === 0) { this.#tiers = [[place]]; this.#say(`${nameOf(place)} is the best`); }
        else { this.#worst = place; this.#say(`${nameOf(place)} is the worst`); }
        this.#drawRanks();
        return;
      }
      if (this.#tierOf(place) >= 0) {
        this.#take(place);
        this.#say(`${nameOf(place)} has no place`);
      } else {
        this.#tiers.push([place]);
        this.#fill();
        this.#tell(place);
      }
      this.#drawRanks();
    }

    /** When one is left, its place is clear. */
    #fill() {
      const left = this.cards.map((_, place) => place).filter((place) => this.#tierOf(place) < 0);
      if (left.length === 1 && this.#size > 2) { this.#tiers.push(left); }
    }

    /** Everybody has a place: those without one stand in the order shown behind those with one. */
    #complete() {
      this.cards.forEach((_, place) => { if (this.#tierOf(place) < 0) { this.#tiers.push([place]); } });
    }

    #move(place, by) {
      if (this.#phase !== 'judging' || this.#bestWorst) { return; }
      this.#current = place;
      this.#complete();
      const at = this.#tierOf(place);
      if (this.#tiers[at].length > 1) {
        // out of a tie: just before or just behind the others
        this.#tiers[at] = this.#tiers[at].filter((other) => other !== place);
        this.#tiers.splice(by < 0 ? at : at + 1, 0, [place]);
      } else {
        const to = at + by;
        if (to >= 0 && to < this.#tiers.length) {
          const [tier] = this.#tiers.splice(at, 1);
          this.#tiers.splice(to, 0, tier);
        }
      }
      this.#tell(place);
      this.#drawRanks();
    }

    /** Puts one where another stands. */
    #place(from, to) {
      if (this.#phase !== 'judging' || this.#bestWorst) { return; }
      this.#complete();
      const down = this.#tierOf(from) < this.#tierOf(to);
      this.#take(from);
      this.#tiers.splice(this.#tierOf(to) + (down ? 1 : 0), 0, [from]);
      this.#tell(from);
      this.#drawRanks();
    }

    #setRank(place, rank) {
      if (this.#phase !== 'judging') { return; }
      if (this.#bestWorst) {
        if (rank === 1) { this.#tiers = [[place]]; this.#worst = this.#worst === place ? null : this.#worst; }
        if (rank === this.#size) { this.#worst = place; this.#take(place); }
        this.#drawRanks();
        return;
      }
      this.#complete();
      this.#take(place);
      this.#tiers.splice(Math.min(rank - 1, this.#tiers.length), 0, [place]);
      this.#tell(place);
      this.#drawRanks();
    }

    #tieAbove(place) {
      if (this.#phase !== 'judging' || this.#bestWorst) { return; }
      this.#complete();
      const at = this.#tierOf(place);
      if (at === 0) { this.#say('There is none above'); return; }
      this.#take(place);
      this.#tiers[at - 1].push(place);
      this.#say(`${nameOf(place)} ties with ${this.#tiers[at - 1].filter((other) => other !== place).map(nameOf).join(' and ')}`);
      this.#drawRanks();
    }

    #rankOf(place) {
      const at = this.#tierOf(place);
      return at < 0 ? 0 : 1 + this.#tiers.slice(0, at).reduce((sum, tier) => sum + tier.length, 0);
    }

    #tell(place) {
      this.#say(`${nameOf(place)} moved to ${this.#rankOf(place)} of ${this.#size}`);
    }

    #drawCurrent() {
      this.cards.forEach((card, place) => card.item.classList.toggle('current', !this.#pairwise && place === this.#current));
      if (this.#view !== 'apart' && !this.#pairwise) { this.#drawView(); }
    }

    #drawRanks() {
      this.#drawCurrent();
      if (this.#pairwise) { return; }
      const bestWorst = this.#bestWorst;
      this.cards.forEach((card, place) => {
        const at = this.#tierOf(place);
        const tied = at >= 0 && this.#tiers[at].length > 1;
        const text = bestWorst ? (at === 0 ? 'best' : this.#worst === place ? 'worst' : '') : at < 0 ? '' : (tied ? '=' : '') + this.#rankOf(place);
        card.badge.textContent = text;
        card.item.dataset.rank = text;
        card.choose.textContent = bestWorst
          ? (text ? 'Clear' : this.#tiers.length === 0 ? 'Best' : 'Worst')
          : at < 0 ? `Place ${this.#tiers.reduce((sum, tier) => sum + tier.length, 0) + 1}` : 'Clear';
        card.choose.setAttribute('aria-label', `${nameOf(place)}: ${card.choose.textContent}`);
        card.up.hidden = card.down.hidden = bestWorst;
      });
      const ready = bestWorst ? this.#tiers.length === 1 && this.#worst !== null : this.#tiers.reduce((sum, tier) => sum + tier.length, 0) === this.#size;
      this.#ready = ready;
      enable(this.submit, ready);
      enable(this.reset, this.#tiers.length > 0 || this.#worst !== null);
      this.status.textContent = ready
        ? (bestWorst ? `Best: ${nameOf(this.#tiers[0][0])}. Worst: ${nameOf(this.#worst)}.` : this.#tiers.map((tier) => tier.map((place) => LETTERS[place]).join(' = ')).join('  >  '))
        : (bestWorst ? 'Choose the best, then the worst.' : 'Choose from the best to the worst. Equal ones: T, or move them together.');
    }

    #sendOrder() {
      if (!this.#ready) { this.#say(this.status.textContent); return; }
      if (this.#bestWorst) {
        const best = this.#tiers[0][0];
        const between = this.cards.map((_, place) => place).filter((place) => place !== best && place !== this.#worst);
        this.#send({ form: 'best-worst', tiers: [[best], ...(between.length > 0 ? [between] : []), [this.#worst]] });
      } else {
        this.#send({ tiers: this.#tiers });
      }
    }

    #sendBad() {
      const all = this.cards.map((_, place) => place);
      const ordered = !this.#bestWorst && this.#tiers.reduce((sum, tier) => sum + tier.length, 0) === this.#size;
      this.#send({ tiers: ordered ? this.#tiers : [all], all_bad: true });
    }

    #extras(skip) {
      const strength = this.more.querySelector('[name=strength]:checked')?.value;
      const marks = [...this.querySelectorAll('[data-acceptable]')];
      const marked = marks.filter((mark) => mark.checked).map((mark) => Number(mark.dataset.acceptable));
      return {
        strength: strength && !skip ? Number(strength) : null,
        acceptable: !skip && marked.length > 0 ? marked : null,
        reasons: [...this.more.querySelectorAll('[name=reason]:checked')].map((box) => box.value),
        comment: this.more.querySelector('[name=comment]').value || null,
        seconds_spent: (performance.now() - this.#shownAt) / 1000,
      };
    }

    async #send(ballot) {
      if (this.#phase !== 'judging') { return; }
      this.#phase = this.dataset.phase = 'sending';
      const body = { token: this.#battle.token, form: 'ranking', tiers: null, all_bad: false, ...ballot, ...this.#extras(ballot.form === 'skip') };
      this.bar.querySelectorAll('button').forEach((button) => enable(button, false));
      this.status.textContent = 'Sending …';
      // the same ballot may be sent any number of times: a battle has one
      for (let tries = 1; ; tries++) {
        try {
          this.#reveal(await post('/ballots', body), ballot);
          return;
        } catch (error) {
          if (!(error instanceof Refusal)) { throw error; }
          if (!error.passes) {
            this.#phase = this.dataset.phase = 'revealed';
            this.#fail(error, () => this.#advance(), 'Next battle');
            return;
          }
          const seconds = Math.min(error.after * (error.status === 429 ? 1 : tries), 60);
          this.status.textContent = `${error.message} Your ballot is kept here and sent again in ${seconds} s.`;
          this.#say(this.status.textContent);
          await wait(seconds * 1000);
        }
      }
    }

    // ---- after the ballot ----

    #reveal(answer, ballot) {
      this.#phase = this.dataset.phase = 'revealed';
      answer.reveal.forEach((slot, place) => {
        const card = this.cards[place];
        const link = make('a', { href: '/entries/' + slot.entry, title: slot.name, text: slot.name });
        card.title.replaceChildren(make('span', { class: 'slot-letter', text: LETTERS[place] }), ' ', link);
        card.controls?.setAttribute('hidden', '');
        card.badge.textContent = ballot.form === 'skip' || slot.rank === 0 ? '' : this.#badgeOf(slot.rank, answer.reveal);
        if (slot.after !== null && slot.after !== undefined) {
          const change = slot.after - slot.before;
          const text = Math.abs(change) < 0.05 ? '' : (change > 0 ? '+' : '−') + Math.abs(change).toFixed(1);
          card.reveal.replaceChildren(
            make('span', { class: 'num', text: `${slot.before.toFixed(0)} → ${slot.after.toFixed(0)}` }), ' ',
            make('span', { class: 'num move ' + (change > 0.05 ? 'up' : change < -0.05 ? 'down' : ''), text }));
        }
      });
      const receipt = answer.receipt;
      this.status.replaceChildren(
        make('span', { class: 'chip ' + (receipt.state === 'counted' ? 'good' : receipt.state === 'pending' ? 'warn' : ''), text: receipt.state === 'counted' ? 'counted' : receipt.state === 'pending' ? 'pending' : receipt.reason === 'skipped' ? 'skipped' : 'not counted' }),
        ' ', receipt.sentence, ' ',
        make('a', { href: '/receipts/' + receipt.id, 'data-receipt': receipt.id, text: 'Receipt' }));
      // the second click of a double click meant what stood here before
      const next = this.#button('Next battle', (event) => { if (event.detail < 2) { this.#advance(); } }, { key: 'N', act: 'next', kind: 'primary' });
      this.bar.style.minHeight = `${this.bar.offsetHeight}px`; // what stands below stays where it is
      this.bar.replaceChildren(next);
      next.focus({ preventScroll: true });
      const names = answer.reveal.map((slot, place) => `${LETTERS[place]} was ${slot.name}`).join(', ');
      this.#say(`${receipt.sentence} ${names}.`);
    }

    #badgeOf(rank, all) {
      const before = all.filter((other) => other.rank < rank).length + 1;
      return (all.filter((other) => other.rank === rank).length > 1 ? '=' : '') + before;
    }

    #fail(error, again, label = 'Try again') {
      const sentence = error instanceof Refusal ? error.message : 'Something went wrong on this page.';
      if (!this.bar) {
        this.bar = make('div', { class: 'vote-bar' });
        this.status = make('p', { class: 'vote-status' });
        this.live = make('p', { class: 'visually-hidden', role: 'status' });
        this.append(this.bar, this.status, this.live);
      }
      this.status.replaceChildren(make('span', { class: 'chip warn', text: 'not done' }), ' ', sentence);
      const button = this.#button(error.status === 401 ? 'Load again' : label, () => (error.status === 401 ? location.reload() : again()), { act: 'again', kind: 'primary' });
      this.bar.replaceChildren(button);
      button.focus({ preventScroll: true });
      this.dataset.ready = '';
      this.#say(sentence);
      if (!(error instanceof Refusal)) { throw error; }
    }

    #say(sentence) { if (this.live) { this.live.textContent = sentence; } }

    // ---- looking closer: the same place in every picture, or one picture over the others ----

    /** Buttons for what the pointer and the keys do, for those who have neither a hover nor a keyboard. */
    #tools() {
      if (this.#battle.slots[0].output.kind !== 'image') { return null; }
      const tool = (text, act, key, action) => make('button', { type: 'button', class: 'button small', 'data-act': act, 'aria-pressed': 'false', 'aria-keyshortcuts': key, onclick: action, text });
      this.tools = {
        zoom: tool('Zoom', 'zoom', 'Space', () => this.#toggleZoom()),
        wipe: tool('Wipe', 'wipe', 'V', () => this.#look('wipe')),
        difference: tool('Difference', 'difference', 'V', () => this.#look('difference')),
      };
      return make('div', { class: 'view-tools', role: 'group', 'aria-label': 'Look closer' }, ...Object.values(this.tools));
    }

    /** One picture laid over all others: cut where the pointer is, or subtracted. Of two it is the other one, of more the selected one. */
    #look(view) {
      if (!this.tools || this.#battle.slots[0].output.kind !== 'image') { return; }
      this.#view = this.#view === view ? 'apart' : view;
      this.#drawView();
      this.#say({ apart: 'Side by side', wipe: 'Wipe; arrow keys move the edge', difference: 'Difference; what is alike is black' }[this.#view]
        + (this.#view === 'apart' || this.#pairwise ? '' : `, against ${nameOf(this.#current)}`));
    }

    #drawView() {
      this.classList.toggle('wipe', this.#view === 'wipe');
      this.classList.toggle('difference', this.#view === 'difference');
      for (const view of ['wipe', 'difference']) { this.tools[view].setAttribute('aria-pressed', String(this.#view === view)); }
      this.cards.forEach((card, place) => {
        card.output.querySelector('.over')?.remove();
        const other = this.#pairwise ? 1 - place : this.#current;
        if (this.#view === 'apart' || other === place) { return; }
        const content = this.#battle.slots[other].output;
        card.output.append(make('img', { class: 'over', src: content.source, width: content.width, height: content.height, alt: '', draggable: 'false' }));
      });
      this.#drawZoom();
    }


    #toggleZoom() {
      if (this.#battle?.slots[0].output.kind !== 'image') { return; }
      this.#zoom.on = !this.#zoom.on;
      this.classList.toggle('zoomed', this.#zoom.on);
      this.tools.zoom.setAttribute('aria-pressed', String(this.#zoom.on));
      this.#say(this.#zoom.on ? 'Zoomed; arrow keys move the view' : 'Not zoomed');
      this.#drawZoom();
    }

    get #aiming() { return this.#zoom.on || this.#view === 'wipe'; }

    #aim(event, output) {
      if (!this.#aiming) { return; }
      const box = output.getBoundingClientRect();
      this.#zoom.x = Math.min(100, Math.max(0, 100 * (event.clientX - box.left) / box.width));
      this.#zoom.y = Math.min(100, Math.max(0, 100 * (event.clientY - box.top) / box.height));
      this.#drawZoom();
    }

    #drawZoom() {
      for (const card of this.cards) {
        for (const picture of card.output.querySelectorAll('img')) { picture.style.transformOrigin = `${this.#zoom.x}% ${this.#zoom.y}%`; }
        card.output.style.setProperty('--edge', `${this.#zoom.x}%`);
      }
    }

    #pan(key) {
      const by = { ArrowLeft: [-8, 0], ArrowRight: [8, 0], ArrowUp: [0, -8], ArrowDown: [0, 8] }[key];
      this.#zoom.x = Math.min(100, Math.max(0, this.#zoom.x + by[0]));
      this.#zoom.y = Math.min(100, Math.max(0, this.#zoom.y + by[1]));
      this.#drawZoom();
    }

    // ---- keyboard; off while typing ----

    #onKey(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || !this.#battle || localStorage.getItem(KEYS) === 'on') { return; }
      const target = event.target;
      const typing = target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio])'));
      if (typing || document.querySelector('dialog[open]')) { return; }
      const onControl = target instanceof HTMLElement && target.matches('button, a, summary, input, label');
      const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
      const act = this.#actionFor(key, onControl, target);
      if (act) {
        event.preventDefault();
        act();
      }
    }

    #actionFor(key, onControl, target) {
      if (key === '?') { return () => { this.help.open = !this.help.open; this.help.querySelector('summary').focus(); }; }
      if (key === ' ' && !onControl && this.#battle.slots[0].output.kind === 'image') { return () => this.#toggleZoom(); }
      if (key === 'V') { return () => this.#look(this.#view === 'apart' ? 'wipe' : 'difference'); }
      if (this.#aiming && key.startsWith('Arrow')) { return () => this.#pan(key); }
      if (this.#phase === 'revealed') { return key === 'N' ? () => this.#advance() : null; }
      if (this.#phase !== 'judging') { return null; }
      if (key === 'S') { return () => this.#send({ form: 'skip' }); }
      if (this.#pairwise) {
        return {
          A: () => this.#send({ tiers: [[0], [1]] }),
          1: () => this.#send({ tiers: [[0], [1]] }),
          B: () => this.#send({ tiers: [[1], [0]] }),
          2: () => this.#send({ tiers: [[1], [0]] }),
          T: () => this.#send({ tiers: [[0, 1]] }),
          X: () => this.#send({ tiers: [[0, 1]], all_bad: true }),
        }[key] ?? null;
      }
      if (key === 'X') { return () => this.#sendBad(); }
      if (key === 'T') { return () => this.#tieAbove(this.#current); }
      if (key === 'Enter' && !onControl) { return () => this.#sendOrder(); }
      if ((key === 'ArrowUp' || key === 'ArrowDown') && !(target instanceof HTMLElement && target.closest('.output-text'))) { return () => this.#move(this.#current, key === 'ArrowUp' ? -1 : 1); }
      const letter = LETTERS.indexOf(key);
      if (key.length === 1 && letter >= 0 && letter < this.#size) {
        return () => {
          this.#current = letter;
          this.cards[letter].article.focus(); // not one of its buttons: Enter sends
          this.#drawCurrent();
        };
      }
      const rank = Number(key);
      return Number.isInteger(rank) && rank >= 1 && rank <= this.#size && key !== ' ' ? () => this.#setRank(this.#current, rank) : null;
    }
  }

  customElements.define('arena-booth', ArenaBooth);
})();
