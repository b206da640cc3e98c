using System.Numerics;

namespace Republic.Core.Llama.Grammars;

/// <summary>Tokens of a vocabulary, by their numbers.</summary>
internal sealed class TokenSet(int size)
{
    private readonly ulong[] bits = new ulong[(size + 63) / 64];

    public int Count => bits.Sum(BitOperations.PopCount);

    public void Add(int token) => bits[token >> 6] |= 1UL << (token & 63);

    public bool Contains(int token) => (bits[token >> 6] >> (token & 63) & 1) != 0;

    /// <summary>In rising order.</summary>
    public IEnumerable<int> Tokens()
    {
        for (var i = 0; i < bits.Length; i++)
        {
            for (var left = bits[i]; left != 0; left &= left - 1)
            {
                yield return (i << 6) + BitOperations.TrailingZeroCount(left);
            }
        }
    }
}
