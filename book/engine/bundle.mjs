// Several files in one: the length of a list, the list of paths and lengths as JSON, and the files one after another.

export function bundle(files) {
  const list = Buffer.from(JSON.stringify(files.map(([path, bytes]) => [path, bytes.length])));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(list.length);
  return Buffer.concat([length, list, ...files.map(([, bytes]) => bytes)]);
}
