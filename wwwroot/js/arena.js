// Starts Blazor from a file, so that the content security policy needs no inline script; and what every page needs.
(() => {
  // ---- times as people say them ----
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
  const say = (then) => {
    const seconds = (then - Date.now()) / 1000;
    const size = Math.abs(seconds);
    if (size < 45) { return 'just now'; }
    if (size < 45 * 60) { return relative.format(Math.round(seconds / 60), 'minute'); }
    if (size < 22 * 3600) { return relative.format(Math.round(seconds / 3600), 'hour'); }
    if (size < 7 * 86400) { return relative.format(Math.round(seconds / 86400), 'day'); }
    return day.format(then);
  };
  const tellTimes = () => {
    for (const time of document.querySelectorAll('time[data-moment]')) {
      const then = new Date(time.dateTime);
      const text = say(then);
      if (time.textContent !== text) { time.textContent = text; }
      time.title = exact.format(then);
    }
  };

  // ---- codes that stand behind the # of a link: never sent to a server in an address ----
  const fillFromFragment = () => {
    const field = document.querySelector('[data-from-fragment]');
    if (field && location.hash.length > 1) {
      field.value = decodeURIComponent(location.hash.slice(1));
      history.replaceState(history.state, '', location.pathname + location.search);
    }
  };

  // ---- fields to copy from: selected when one comes to them, copied by the button beside ----
  document.addEventListener('focusin', (e) => {
    if (e.target.matches('[data-copy] input')) { e.target.select(); }
  });
  document.addEventListener('click', async (e) => {
    const button = e.target.closest('[data-copy] button');
    if (!button) { return; }
    const field = button.closest('[data-copy]').querySelector('input');
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = 'Copied';
    } catch {
      field.focus(); // no clipboard without HTTPS: it is selected, for the keyboard
    }
  });

  const shown = () => {
    tellTimes();
    fillFromFragment();
    document.dispatchEvent(new Event('arena:shown'));
  };
  setInterval(tellTimes, 30000);
  document.addEventListener('arena:patched', tellTimes);

  // ---- the reconnect dialog: the script sets classes on it, nothing more ----
  const watchDialog = () => {
    const dialog = document.getElementById('components-reconnect-modal');
    const retry = dialog.querySelector('[data-reconnect-retry]');
    let polling = false;
    const poll = async () => {
      if (polling) { return; }
      polling = true;
      for (;;) {
        try {
          const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
          if (answer.status < 500) { location.reload(); return; }
        } catch {
          // not there yet
        }
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    };
    const follow = () => {
      const has = (name) => dialog.classList.contains('components-reconnect-' + name);
      const open = has('show') || has('failed') || has('rejected');
      if (open && !dialog.open) { dialog.showModal(); }
      if (!open && dialog.open) { dialog.close(); }
      if (has('rejected')) { poll(); }
    };
    new MutationObserver(follow).observe(dialog, { attributes: true, attributeFilter: ['class'] });
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    retry.addEventListener('click', async () => {
      retry.disabled = true;
      try {
        // false: the server is there, but it has forgotten this page
        if (!await Blazor.reconnect()) { poll(); }
      } catch {
        // still not there; the dialog stays
      } finally {
        retry.disabled = false;
      }
    });
  };

  watchDialog();
  let path = location.pathname;
  Blazor.start({
    circuit: {
      reconnectionOptions: {
        maxRetries: 30,
        retryIntervalMilliseconds: (attempt, most) => (attempt >= most ? null : attempt < 10 ? 700 : 3000),
      },
    },
  });
  Blazor.addEventListener('enhancedload', () => {
    if (location.pathname !== path) {
      path = location.pathname;
      if (!location.hash) { window.scrollTo({ top: 0, behavior: 'instant' }); }
      // a screen reader hears the new page, and the keyboard starts at its top
      document.querySelector('main h1')?.focus({ preventScroll: true });
    }
    shown();
  });
  shown();
})();
