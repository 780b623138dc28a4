// Does the work that a page asks for while the site is under attack, unseen, while the person types. Loaded only there.
// It looks for a number with which the key that PBKDF2 derives begins with zeros; crates/service/src/toll/proof.rs checks it.
// Without it the server gives a turn to wait for.
(function () {
  'use strict';
  var challenge = document.querySelector('input[name=challenge]');
  var subtle = window.crypto && window.crypto.subtle;
  if (!challenge || !subtle || !window.TextEncoder) return;
  var form = challenge.form;
  var status = document.getElementById('work');
  // What the page says to who must wait: it is hidden while there is no need to.
  var plain = [].slice.call(document.querySelectorAll('[data-plain]'));
  var rounds = +challenge.getAttribute('data-rounds');
  var bits = +challenge.getAttribute('data-bits');
  var AT_ONCE = 4;
  var ended = false;
  var waiting = false;

  // From here on the page goes on by itself.
  function wait() {
    waiting = true;
    status.textContent = status.getAttribute('data-said');
  }

  function showPlain(shown) {
    plain.forEach(function (part) { part.hidden = !shown; });
    if (shown) status.textContent = '';
  }

  function end(number) {
    if (ended) return;
    ended = true;
    if (number >= 0) form.elements.solution.value = number;
    else if (plain.length) return showPlain(true);
    if (waiting) form.submit();
  }

  // Cancel is never held up.
  [].forEach.call(form.querySelectorAll('button[name]'), function (button) {
    button.addEventListener('click', function () { ended = true; });
  });
  form.addEventListener('submit', function (event) {
    if (ended) return;
    event.preventDefault();
    wait();
  });

  function derive(key, number) {
    var salt = new DataView(new ArrayBuffer(4));
    salt.setUint32(0, number);
    return subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: salt.buffer, iterations: rounds }, key, 32);
  }

  function look(key, first) {
    if (ended) return;
    var tries = [];
    for (var n = 0; n < AT_ONCE; n++) tries.push(derive(key, first + n));
    return Promise.all(tries).then(function (keys) {
      for (var n = 0; n < AT_ONCE; n++) {
        if (Math.clz32(new DataView(keys[n]).getUint32(0)) >= bits) return end(first + n);
      }
      return look(key, first + AT_ONCE);
    });
  }

  if (plain.length) {
    showPlain(false);
    wait();
  }
  subtle.importKey('raw', new TextEncoder().encode(challenge.value), 'PBKDF2', false, ['deriveBits'])
    .then(function (key) { return look(key, 0); })
    .catch(function () { end(-1); });
})();
