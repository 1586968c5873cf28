'use strict';
// The child process that runs checked JavaScript programs, each in a context of its own. The context is given no object of this
// one, so a program has no way out to `process` or `require`; code cannot be made from strings; Node's permissions allow no file but
// this, no process, no worker. Around all of it stand the limits and namespaces that the parent set.
const fs = require('fs');
const vm = require('vm');
const [most, wall] = process.argv.slice(2).map(Number);

// Runs first in each context: what the tests say, and built-ins that nobody can change under them.
const prelude = new vm.Script(`'use strict';
const __checked = (() => {
  const { stringify } = JSON, { is, keys } = Object, { isArray } = Array, { abs, max } = Math;
  const state = { at: -1, left: ${most}, full: false, kept: '' };
  const isMap = v => v instanceof Map;
  function same(a, b, depth) {
    if (is(a, b) || a === b) return true;
    if (depth > 8 || typeof a !== typeof b || a === null || b === null) return false;
    if (typeof a === 'number') return abs(a - b) <= 1e-9 * max(1, abs(a));
    if (typeof a !== 'object') return false;
    if (isArray(a) || isArray(b)) {
      if (!isArray(a) || !isArray(b) || a.length !== b.length) return false;
      for (let i = 0; i < a.length; i++) if (!same(a[i], b[i], depth + 1)) return false;
      return true;
    }
    if (isMap(a) || isMap(b)) {
      if (!isMap(a) || !isMap(b) || a.size !== b.size) return false;
      for (const [k, v] of a) if (!b.has(k) || !same(v, b.get(k), depth + 1)) return false;
      return true;
    }
    const x = keys(a), y = keys(b);
    if (x.length !== y.length) return false;
    for (let i = 0; i < x.length; i++) if (!same(a[x[i]], b[x[i]], depth + 1)) return false;
    return true;
  }
  const show = v => { try { return (isMap(v) ? 'Map ' + stringify([...v]) : String(stringify(v))).slice(0, 80); } catch { return '?'; } };
  const fixed = (name, value) => Object.defineProperty(globalThis, name, { value, writable: false, configurable: false });
  fixed('expectCase', i => { state.at = i; });
  fixed('expectEqual', (expected, actual) => {
    if (!same(expected, actual, 0)) throw new Error('expected ' + show(expected) + ', found ' + show(actual));
  });
  fixed('assert', (condition, what) => { if (!condition) throw new Error(String(what ?? 'a condition does not hold')); });
  const print = (...parts) => {
    const text = parts.map(p => typeof p === 'string' ? p : show(p)).join(' ') + '\\n';
    state.kept += text.slice(0, state.left);
    if (text.length > state.left) { state.left = 0; state.full = true; throw new Error('the output is full'); }
    state.left -= text.length;
  };
  fixed('console', Object.freeze({ log: print, info: print, warn: print, error: print }));
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const value = globalThis[name];
    if (typeof value !== 'function' && (typeof value !== 'object' || value === null) || value === globalThis) continue;
    Object.freeze(value);
    if (value.prototype) Object.freeze(value.prototype);
  }
  return state;
})();
`, { filename: 'prelude' });
const report = new vm.Script(
  `[__checked.at, __checked.full ? 1 : 0, __checked.kept.length].join(' ') + '\\n' + __checked.kept`, { filename: 'report' });

function place(error, name) {
  const found = new RegExp(`^${name}:(\\d+)`, 'm').exec(String(error.stack));
  return found ? `${name}:${found[1]}:1: ` : '';
}

function execute(job) {
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false }, microtaskMode: 'afterEvaluate' });
  const scripts = [];
  for (const name of ['solution', 'tests']) {
    const text = String(job[name]);
    if (!job.unruly && /\bimport\b/.test(text)) return ['Banned', `${name}:1:1: ban: 'import' may not be used in checked code`, -1, ''];
    try {
      scripts.push(new vm.Script(text, { filename: name }));
    } catch (error) {
      return ['NotCompiled', `${place(error, name)}${error.message}`, -1, ''];
    }
  }
  let outcome = 'Passed', message = '';
  try {
    prelude.runInContext(context);
    if (job.unruly) Object.assign(context, { require, process });
    for (const script of scripts) script.runInContext(context, { timeout: wall });
  } catch (error) {
    outcome = 'Failed';
    if (error !== null && typeof error === 'object' && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') outcome = 'TimedOut';
    try {
      message = error instanceof Object || typeof error === 'object' ? `${error.name}: ${error.message}` : String(error);
    } catch {
      message = 'an error that cannot be shown';
    }
  }
  const [line, ...kept] = String(report.runInContext(context, { timeout: 1000 })).split('\n');
  const [at, full] = line.split(' ').map(Number);
  if (full) [outcome, message] = ['TooMuchOutput', `more than ${most} characters of output`];
  return [outcome, message.replace(/\s+/g, ' ').slice(0, 400), outcome === 'Passed' ? -1 : at, kept.join('\n')];
}

function receive(size) {
  const data = Buffer.alloc(size);
  for (let at = 0; at < size;) {
    let read;
    try {
      read = fs.readSync(0, data, at, size - at, null);
    } catch (error) {
      if (error.code === 'EAGAIN') continue;
      if (error.code === 'EOF') return null;
      throw error;
    }
    if (read === 0) return null;
    at += read;
  }
  return data;
}

function send(body) {
  const data = Buffer.concat([Buffer.alloc(4), body]);
  data.writeInt32LE(body.length, 0);
  for (let at = 0; at < data.length;) {
    try {
      at += fs.writeSync(1, data, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

send(Buffer.from('{}')); // ready
for (let head; (head = receive(4)) !== null;) {
  const job = JSON.parse(receive(head.readInt32LE(0)).toString('utf8'));
  const nonce = job.nonce;
  const before = process.cpuUsage();
  let result;
  try {
    result = execute(job);
  } catch (error) {
    result = ['Died', `the program broke its context: ${String(error && error.message).slice(0, 200)}`, -1, ''];
  }
  const used = process.cpuUsage(before);
  const [outcome, message, at, output] = result;
  send(Buffer.from(JSON.stringify({ nonce, outcome, message, output, case: at, cpuMs: Math.round((used.user + used.system) / 1000) })));
}
