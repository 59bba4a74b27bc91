/** Things kept up to a budget of bytes; those not asked for the longest go first. */
export class Cache<K, V> {
  private readonly kept = new Map<K, { value: V; bytes: number }>();
  private bytes = 0;

  constructor(private readonly budgetBytes: number) {}

  get(key: K): V | undefined {
    const found = this.kept.get(key);
    if (!found) return undefined;
    // A map lists its entries in the order of their arrival: the one asked for arrives anew.
    this.kept.delete(key);
    this.kept.set(key, found);
    return found.value;
  }

  set(key: K, value: V, bytes: number): void {
    this.delete(key);
    this.kept.set(key, { value, bytes });
    this.bytes += bytes;
    for (const oldest of this.kept.keys()) {
      if (this.bytes <= this.budgetBytes) break;
      this.delete(oldest);
    }
  }

  delete(key: K): void {
    this.bytes -= this.kept.get(key)?.bytes ?? 0;
    this.kept.delete(key);
  }

  clear(): void {
    this.kept.clear();
    this.bytes = 0;
  }
}
