using System.Numerics;

namespace Republic.Core.Lora.Layers;

/// <summary>
/// Inverted dropout (Srivastava et al., 2014): 0 for what is left out, 1/(1−p) for the rest. Every number is a hash of its
/// place, so that a layer that is computed again sees the same mask without one being kept.
/// </summary>
internal static class DropoutMask
{
    private const uint Golden = 0x9E3779B9;

    /// <param name="key">Says which pass, layer and module: see <see cref="Key"/>.</param>
    public static void Fill(Span<float> mask, uint key, float probability)
    {
        var threshold = new Vector<uint>((uint)(probability * (1L << 32)));
        var kept = new Vector<float>(1 / (1 - probability));
        var index = Vector<uint>.Indices * new Vector<uint>(Golden) + new Vector<uint>(key);
        var step = new Vector<uint>(unchecked((uint)Vector<uint>.Count * Golden));
        for (var i = 0; i < mask.Length; i += Vector<float>.Count)
        {
            var chosen = Vector.GreaterThanOrEqual(Mix(index), threshold);
            var values = Vector.ConditionalSelect(Vector.AsVectorInt32(chosen), kept, Vector<float>.Zero);
            if (mask.Length - i >= Vector<float>.Count)
            {
                values.CopyTo(mask[i..]);
            }
            else
            {
                for (var rest = i; rest < mask.Length; rest++)
                {
                    mask[rest] = values[rest - i];
                }
            }

            index += step;
        }
    }

    public static uint Key(long seed, int layer, int module) =>
        (uint)(SeededRandom.For(seed, ((long)layer << 8) | (uint)module).NextUInt64() >> 32);

    /// <summary>lowbias32 of C. Wellons, "Prospecting for hash functions" (2018): each input bit flips each output bit half of the times.</summary>
    private static Vector<uint> Mix(Vector<uint> x)
    {
        x ^= x >> 16;
        x *= new Vector<uint>(0x7FEB352D);
        x ^= x >> 15;
        x *= new Vector<uint>(0x846CA68B);
        return x ^ (x >> 16);
    }
}
