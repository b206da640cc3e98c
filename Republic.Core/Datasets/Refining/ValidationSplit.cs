using Republic.Core.Datasets.Versions;

namespace Republic.Core.Datasets.Refining;

/// <summary>
/// Which samples are held out: those whose content, mixed with the seed, gives the lowest numbers. So a row stays on its side when others
/// are added or taken away, except a few at the limit.
/// </summary>
internal sealed class ValidationSplit
{
    private readonly ulong seed;
    private readonly ulong below;

    /// <param name="hashes">Of all samples, <paramref name="count"/> of them.</param>
    public ValidationSplit(RefinerySettings settings, IEnumerable<ContentHash> hashes, int count)
    {
        seed = (ulong)settings.Seed * 0x9E3779B97F4A7C15;
        var wanted = (int)Math.Round(count * settings.ValidationShare);
        if (settings.ValidationShare > 0 && wanted == 0 && count > 1)
        {
            wanted = 1;
        }

        if (wanted > 0)
        {
            var keys = new ulong[count];
            var next = 0;
            foreach (var hash in hashes)
            {
                keys[next++] = Key(hash);
            }

            keys.AsSpan().Sort();
            below = wanted < count ? keys[wanted] : ulong.MaxValue;
        }
    }

    public bool IsHeldOut(ContentHash hash) => Key(hash) < below;

    private ulong Key(ContentHash hash)
    {
        var z = hash.High ^ seed;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
