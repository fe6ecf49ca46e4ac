const tag = "chart-life";

interface Life extends HTMLElement {
  onConnect: () => void;
  onDisconnect: () => void;
}

/**
 * A hidden element that tells when it enters and leaves the document, so that what watches the window does so only meanwhile and
 * a removed chart can be forgotten.
 */
export function lifeMarker(onConnect: () => void, onDisconnect: () => void): HTMLElement {
  if (!customElements.get(tag)) customElements.define(tag, makeClass());
  const marker = document.createElement(tag) as Life;
  marker.hidden = true;
  marker.onConnect = onConnect;
  marker.onDisconnect = onDisconnect;
  return marker;
}

function makeClass(): CustomElementConstructor {
  return class extends HTMLElement implements Life {
    onConnect = () => {};
    onDisconnect = () => {};
    connectedCallback() {
      this.onConnect();
    }
    disconnectedCallback() {
      this.onDisconnect();
    }
  };
}
