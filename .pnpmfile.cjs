// The npm packages that carry the Node binary name their platform as a string ("linux") where
// package managers expect a list; without this every platform's binary would be fetched.
const list = (value) => (typeof value === 'string' ? [value] : value);

function readPackage(pkg) {
  if (/^node-(bin-)?(darwin|linux|win)-/.test(pkg.name ?? '')) {
    pkg.os = list(pkg.os);
    pkg.cpu = list(pkg.cpu);
  }
  return pkg;
}

module.exports = { hooks: { readPackage } };
