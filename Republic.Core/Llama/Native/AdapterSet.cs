namespace Republic.Core.Llama.Native;

/// <summary>
/// The adapters that a sequence is computed with, each with the factor its change is multiplied by. Two sets are equal
/// when they change the model alike, so that their sequences may be decoded together.
/// </summary>
internal sealed class AdapterSet : IEquatable<AdapterSet>
{
    private readonly LoraAdapter[] adapters;

    public AdapterSet(IEnumerable<(LoraAdapter Adapter, float Scale)> given)
    {
        var effective = given.Where(one => one.Scale != 0).OrderBy(one => one.Adapter.Path, StringComparer.Ordinal).ToList();
        adapters = [.. effective.Select(one => one.Adapter)];
        Scales = [.. effective.Select(one => one.Scale)];
    }

    public static AdapterSet None { get; } = new([]);

    internal nint[] Pointers => [.. adapters.Select(adapter => adapter.Pointer)];

    internal float[] Scales { get; }

    public bool Contains(LoraAdapter adapter) => adapters.Contains(adapter);

    /// <summary>Keeps the adapters in memory until <see cref="Release"/>. False when one has been freed already.</summary>
    public bool TryHold()
    {
        for (var held = 0; held < adapters.Length; held++)
        {
            var added = false;
            try
            {
                adapters[held].DangerousAddRef(ref added);
            }
            catch (ObjectDisposedException)
            {
                Release(held);
                return false;
            }
        }

        return true;
    }

    public void Release() => Release(adapters.Length);

    public bool Equals(AdapterSet? other) =>
        other is not null && adapters.AsSpan().SequenceEqual(other.adapters) && Scales.AsSpan().SequenceEqual(other.Scales);

    public override bool Equals(object? obj) => Equals(obj as AdapterSet);

    public override int GetHashCode() => adapters.Length == 0 ? 0 : HashCode.Combine(adapters[0].Path, Scales[0]);

    private void Release(int count)
    {
        foreach (var adapter in adapters.AsSpan(0, count))
        {
            adapter.DangerousRelease();
        }
    }
}
