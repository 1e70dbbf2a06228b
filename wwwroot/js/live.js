// <arena-live board src stamp signalr>: keeps a rendered board current. A notice only says that something has
// changed; the board is then read again as HTML, and what is different is patched into the page.
(() => {
  const least = 700; // milliseconds between two readings
  const still = matchMedia('(prefers-reduced-motion: reduce)');

  // ---- patching: keeps nodes (focus, open details, selection) and moves keyed ones ----
  const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.getAttribute('data-key') : null);

  const patchAttributes = (from, to) => {
    for (const { name } of [...from.attributes]) {
      // what the visitor has opened or closed is the visitor's
      if (!to.hasAttribute(name) && !(name === 'open' && from.localName === 'details')) { from.removeAttribute(name); }
    }
    for (const { name, value } of to.attributes) {
      if (from.getAttribute(name) !== value && !(name === 'open' && from.localName === 'details')) { from.setAttribute(name, value); }
    }
  };

  const patch = (from, to) => {
    if (from.isEqualNode(to)) { return; }
    // a time that is the same moment is already written as people say it
    if (from.localName === 'time' && from.getAttribute('datetime') === to.getAttribute('datetime')) { return; }
    patchAttributes(from, to);
    const keyed = new Map();
    for (const child of from.childNodes) {
      const key = keyOf(child);
      if (key !== null) { keyed.set(key, child); }
    }
    let at = from.firstChild;
    for (const wanted of [...to.childNodes]) {
      const key = keyOf(wanted);
      let match = key === null ? null : keyed.get(key) ?? null;
      if (key === null && at && keyOf(at) === null && at.nodeType === wanted.nodeType && at.nodeName === wanted.nodeName) { match = at; }
      if (match === null) {
        from.insertBefore(document.importNode(wanted, true), at);
        continue;
      }
      if (match === at) { at = at.nextSibling; } else { from.insertBefore(match, at); }
      keyed.delete(key);
      if (match.nodeType === Node.ELEMENT_NODE) { patch(match, wanted); } else if (match.nodeValue !== wanted.nodeValue) { match.nodeValue = wanted.nodeValue; }
    }
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  };

  // ---- rows glide from where they were ----
  const rowsOf = (root) => [...root.querySelectorAll('[data-live-rows] > [data-key]')];
  const placesOf = (root) => new Map(rowsOf(root).map((row) => [row.getAttribute('data-key'), row.getBoundingClientRect().top]));
  const glide = (root, before) => {
    if (still.matches) { return; }
    const top = root.getBoundingClientRect().top;
    for (const row of rowsOf(root)) {
      const was = before.places.get(row.getAttribute('data-key'));
      if (was === undefined) {
        row.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 300, easing: 'ease-out' });
        continue;
      }
      // relative to the board: what moved because something above it grew is no change of order
      const shift = (was - before.top) - (row.getBoundingClientRect().top - top);
      if (Math.abs(shift) > 2) {
        row.animate([{ transform: `translateY(${shift}px)` }, { transform: 'none' }], { duration: 450, easing: 'cubic-bezier(.2, .7, .2, 1)' });
      }
    }
  };

  const scripts = new Map();
  const load = (src) => {
    if (!scripts.has(src)) {
      scripts.set(src, new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.src = src;
        script.onload = resolve;
        script.onerror = () => {
          scripts.delete(src);
          reject(new Error('Could not load ' + src));
        };
        document.head.append(script);
      }));
    }
    return scripts.get(src);
  };

  customElements.define('arena-live', class extends HTMLElement {
    static observedAttributes = ['board', 'src', 'stamp'];

    connectedCallback() {
      this.paused = false;
      this.pending = null;
      this.reading = false;
      this.lastRead = 0;
      this.state = 'connecting';
      this.addEventListener('click', this.clicked);
      document.addEventListener('arena:shown', this.show);
      document.addEventListener('visibilitychange', this.seen);
      this.connect();
    }

    disconnectedCallback() {
      this.removeEventListener('click', this.clicked);
      document.removeEventListener('arena:shown', this.show);
      document.removeEventListener('visibilitychange', this.seen);
      clearTimeout(this.timer);
      clearTimeout(this.retry);
      this.connection?.stop();
      this.connection = null;
    }

    // enhanced navigation may keep the element and change what it shows
    attributeChangedCallback(name, before, after) {
      if (before !== null && before !== after && this.isConnected && this.connection) { this.watch(); }
    }

    async connect() {
      let connection = null;
      try {
        await load(this.getAttribute('signalr'));
        if (!this.isConnected || this.connection) { return; }
        connection = new signalR.HubConnectionBuilder()
          .withUrl('/hubs/notices')
          .withAutomaticReconnect({ nextRetryDelayInMilliseconds: (retry) => Math.min(10000, 500 * 2 ** Math.min(retry.previousRetryCount, 5)) + Math.random() * 500 })
          .configureLogging(signalR.LogLevel.None)
          .build();
        this.connection = connection;
        connection.on('changed', (notice) => {
          if (notice.board === this.getAttribute('board')) { this.changed(notice.revision ?? notice.version); }
        });
        // the server itself may have missed something: ask whether this page is still current
        connection.on('gap', () => this.watch());
        connection.onreconnecting(() => this.become('connecting'));
        connection.onreconnected(() => this.watch());
        connection.onclose(() => this.again(connection));
        await connection.start();
        await this.watch();
      } catch {
        this.again(connection);
      }
    }

    again(connection) {
      if (connection && this.connection === connection) { this.connection = null; }
      if (this.isConnected && !this.connection) {
        this.become('connecting');
        clearTimeout(this.retry);
        this.retry = setTimeout(() => this.connect(), 5000);
      }
    }

    // the answer tells whether the page is older than the server's last notice
    async watch() {
      try {
        const stamp = await this.connection.invoke('Watch', this.getAttribute('board'));
        this.become('live');
        if (stamp !== this.root?.dataset.stamp) { this.changed(stamp); }
      } catch {
        this.become('connecting');
      }
    }

    get root() { return this.querySelector('[data-live-root]'); }

    changed(revision) {
      this.pending = revision;
      this.plan();
    }

    plan() {
      // a hidden tab reads when it is looked at again
      if (this.pending === null || this.paused || this.reading || document.hidden) {
        this.show();
        return;
      }
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.read(), Math.max(0, this.lastRead + least - performance.now()));
    }

    async read() {
      if (this.reading || this.pending === null || this.paused) { return; }
      const revision = this.pending;
      this.pending = null;
      this.reading = true;
      this.lastRead = performance.now();
      try {
        const source = this.getAttribute('src');
        // the revision makes sure that nothing older than the notice answers from a cache
        const answer = await fetch(source + (source.includes('?') ? '&' : '?') + 'revision=' + encodeURIComponent(revision), { cache: 'no-store' });
        if (!answer.ok) { throw new Error('Status ' + answer.status); }
        const wanted = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-live-root]');
        if (wanted && this.isConnected && source === this.getAttribute('src')) { this.take(wanted); }
      } catch {
        // it stays owed; tried again a little later
        this.pending ??= revision;
        this.lastRead = performance.now() + 3000;
      } finally {
        this.reading = false;
        if (this.isConnected) { this.plan(); }
      }
    }

    take(wanted) {
      const root = this.root;
      const version = root.dataset.version;
      const before = { top: root.getBoundingClientRect().top, places: placesOf(root) };
      patch(root, wanted);
      glide(root, before);
      document.dispatchEvent(new Event('arena:patched'));
      if (root.dataset.version !== version) { this.say(`Updated: ${root.dataset.entries} ${root.dataset.entries === '1' ? 'entry' : 'entries'}, version ${root.dataset.version}`); }
      this.show();
    }

    // not at every change: a screen reader would never come to an end
    say(text) {
      const now = performance.now();
      clearTimeout(this.saying);
      this.saying = setTimeout(() => {
        this.said = performance.now();
        const region = this.querySelector('[data-live-says]');
        if (region) { region.textContent = text; }
      }, Math.max(0, (this.said ?? -5000) + 5000 - now));
    }

    clicked = (event) => {
      if (event.target.closest('[data-live-pause]')) {
        this.paused = !this.paused;
        if (!this.paused) { this.plan(); }
        this.show();
      }
    };

    seen = () => {
      if (!document.hidden) { this.plan(); }
    };

    become(state) {
      this.state = state;
      this.show();
    }

    show = () => {
      const bar = this.querySelector('[data-live-bar]');
      if (!bar) { return; }
      bar.hidden = false;
      const state = this.paused ? 'paused' : this.state;
      bar.dataset.state = state;
      const words = { live: 'Live', connecting: 'Connecting …', paused: this.pending === null ? 'Paused' : 'Paused, there is something new' };
      const label = bar.querySelector('[data-live-state]');
      if (label.textContent !== words[state]) { label.textContent = words[state]; }
      const button = bar.querySelector('[data-live-pause]');
      button.setAttribute('aria-pressed', String(this.paused));
      button.textContent = this.paused ? 'Go on' : 'Pause';
    };
  });
})();
