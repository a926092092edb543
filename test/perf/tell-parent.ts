/** Sends what a measuring process found to the one that started it. Resolves when it has left: a long message takes more than one write, and a process that ends before loses it. */
export function tellParent(message: object): Promise<void> {
  return new Promise((resolve, reject) => {
    if (process.send === undefined) reject(new Error('nobody listens: this is started by a measurement'));
    else process.send(message, (error: Error | null) => { if (error === null) resolve(); else reject(error); });
  });
}
