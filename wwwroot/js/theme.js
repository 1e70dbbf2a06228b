// Runs before anything is painted: light, dark, or as on this device.
(() => {
  const root = document.documentElement;
  const read = () => {
    try {
      const stored = localStorage.getItem('arena-theme');
      return stored === 'light' || stored === 'dark' ? stored : null;
    } catch {
      return null; // storage may be forbidden; then the device decides
    }
  };
  let theme = read();
  const apply = () => {
    if (theme === null) {
      if (root.hasAttribute('data-theme')) { root.removeAttribute('data-theme'); }
    } else if (root.getAttribute('data-theme') !== theme) {
      root.setAttribute('data-theme', theme);
    }
  };
  apply();
  // enhanced navigation makes the document like the server's, which does not know the choice
  new MutationObserver(apply).observe(root, { attributes: true, attributeFilter: ['data-theme'] });

  const names = { auto: 'as on this device', light: 'light', dark: 'dark' };
  customElements.define('theme-toggle', class extends HTMLElement {
    connectedCallback() {
      this.addEventListener('click', this.next);
      document.addEventListener('arena:shown', this.show);
      // the button inside may not be parsed yet
      queueMicrotask(this.show);
      document.addEventListener('DOMContentLoaded', this.show);
    }
    disconnectedCallback() {
      document.removeEventListener('arena:shown', this.show);
      document.removeEventListener('DOMContentLoaded', this.show);
    }
    next = () => {
      theme = theme === null ? 'light' : theme === 'light' ? 'dark' : null;
      try {
        if (theme === null) { localStorage.removeItem('arena-theme'); } else { localStorage.setItem('arena-theme', theme); }
      } catch {
        // it holds until the page is closed
      }
      apply();
      this.show();
    };
    show = () => {
      const button = this.querySelector('button');
      if (button) {
        button.hidden = false;
        button.dataset.choice = theme ?? 'auto';
        const label = 'Colours: ' + names[theme ?? 'auto'];
        button.setAttribute('aria-label', label);
        button.title = label;
      }
    };
  });
})();
