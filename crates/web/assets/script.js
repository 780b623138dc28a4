// Makes pages nicer; none needs it. Shows passwords, ticks rules while typing, counts down. It judges nothing.
(function () {
  'use strict';
  function all(selector, act) {
    [].forEach.call(document.querySelectorAll(selector), act);
  }
  function byId(id) { return document.getElementById(id); }

  // A form sends its fields as passwords, so that no browser keeps them as text.
  all('.secret button', function (button) {
    var field = byId(button.getAttribute('aria-controls'));
    function show(shown) {
      field.type = shown ? 'text' : 'password';
      button.setAttribute('aria-pressed', shown);
    }
    button.hidden = false;
    button.onclick = function () { show(field.type === 'password'); };
    field.form.addEventListener('submit', function () { show(false); });
  });

  function upper(c) { return c !== c.toLowerCase(); }
  function lower(c) { return c !== c.toUpperCase(); }
  function digit(c) { return c >= '0' && c <= '9'; }
  function symbol(c) { return !upper(c) && !lower(c) && !digit(c); }
  function count(text, is) { return text.split('').filter(is).length; }

  // 1 to 4: how much there is to guess, roughly. The server measures it properly.
  function guess(text) {
    var different = count(text, function (c, at) { return text.indexOf(c) === +at; });
    [upper, lower, digit, symbol].forEach(function (kind) { if (count(text, kind)) different += 2; });
    return different < 11 ? 1 : different < 15 ? 2 : different < 19 ? 3 : 4;
  }

  var list = document.querySelector('#rules ul');
  var field = byId('password');
  var bar = byId('strength');
  var user = document.querySelector('[name=username]');
  var names = user ? user.value.toLowerCase().split(/[.@_ -]+/) : [];
  var tests = {
    min_length: function (t, n, m) { return t.length >= n && (!m || t.length <= m); },
    min_upper: function (t, n) { return count(t, upper) >= n; },
    min_lower: function (t, n) { return count(t, lower) >= n; },
    min_digits: function (t, n) { return count(t, digit) >= n; },
    min_symbols: function (t, n) { return count(t, symbol) >= n; },
    not_user_name: function (t) {
      return !names.some(function (name) { return name.length > 2 && t.toLowerCase().indexOf(name) >= 0; });
    },
    common: function (t) { return guess(t) > 2; }
  };

  if (list && field) field.addEventListener('input', function () {
    var text = field.value;
    all('#rules li', function (line) {
      var test = tests[line.getAttribute('data-rule')];
      var met = text && test && test(text, +line.getAttribute('data-n'), +line.getAttribute('data-m'));
      line.className = met ? 'met' : '';
      line.querySelector('.unseen').textContent = ' (' + list.getAttribute(met ? 'data-yes' : 'data-no') + ')';
    });
    var level = text ? guess(text) : 0;
    bar.hidden = !level;
    bar.className = level === 1 ? 'strength weak' : 'strength';
    all('#strength i', function (step, at) { step.className = at < level ? 'on' : ''; });
    var word = bar.querySelector('strong');
    var said = bar.getAttribute('data-words').split('|')[level - 1];
    if (level && word.textContent !== said) word.textContent = said;
  });

  // The wait for a fresh code. It is said aloud at 30 seconds and at the end.
  all('[data-seconds]', function (timer) {
    var hint = timer.parentNode;
    var voice = byId('voice');
    var end = Date.now() + 1000 * timer.getAttribute('data-seconds');
    var tick = setInterval(function () {
      var left = Math.ceil((end - Date.now()) / 1000);
      if (left > 0) {
        timer.textContent = Math.floor(left / 60) + ':' + ('0' + left % 60).slice(-2);
        if (left === 30) voice.textContent = hint.getAttribute('data-soon');
      } else {
        clearInterval(tick);
        hint.textContent = voice.textContent = hint.getAttribute('data-over');
      }
    }, 1000);
  });
})();
