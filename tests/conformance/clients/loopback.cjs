// Loaded into the JavaScript clients: tests stay on this machine, so no name but an address can be looked up.
const dns = require('node:dns');
dns.lookup = (host, options, done) => {
  const refused = Object.assign(new Error(`tests do not look up ${host}`), { code: 'ENOTFOUND' });
  process.nextTick(typeof options === 'function' ? options : done, refused);
};
