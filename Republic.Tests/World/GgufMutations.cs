using System.Buffers.Binary;
using System.Text;

namespace Republic.Tests.World;

/// <summary>Damaged copies of the built-in model, the same for the same seed: what an attacker or a bad download would make of it.</summary>
public static class GgufMutations
{
    private static readonly string[] Keys =
    [
        "llama.block_count",
        "llama.context_length",
        "llama.embedding_length",
        "llama.feed_forward_length",
        "llama.attention.head_count",
        "llama.attention.head_count_kv",
        "llama.attention.layer_norm_rms_epsilon",
        "llama.rope.dimension_count",
        "llama.rope.freq_base",
        "llama.vocab_size",
        "tokenizer.ggml.token_type",
        "tokenizer.ggml.eos_token_id",
        "general.architecture",
        "tokenizer.ggml.pre",
    ];

    private static readonly ulong[] Extremes =
    [
        0,
        1,
        2,
        3,
        7,
        31,
        64,
        255,
        1000,
        0x7FFF,
        0xFFFF,
        0x7FFFFFFF,
        0x80000000,
        0xFFFFFFFF,
        0x7FFFFFFFFFFFFFFF,
        0x8000000000000000,
        ulong.MaxValue,
    ];

    public static byte[] Sprout { get; } = File.ReadAllBytes(SproutPath);

    public static string SproutPath => Path.Combine(AppContext.BaseDirectory, "models", "sprout.gguf");

    /// <summary>Where the last tensor's description ends and its data begins.</summary>
    public static int HeaderLength { get; } = Sprout.AsSpan().LastIndexOf("output_norm.weight"u8) + 64;

    public static byte[] Make(int seed)
    {
        var dice = new Dice((ulong)seed);
        var bytes = Sprout.ToArray();
        switch (dice.Next(6))
        {
            case 0:
                return bytes[..dice.Next(bytes.Length)];
            case 1:
                for (var i = dice.Next(8) + 1; i > 0; i--)
                {
                    bytes[dice.Next(HeaderLength)] = (byte)dice.Next(256);
                }

                return bytes;
            case 2:
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(4 + (dice.Next(3) * 4)), Extremes[dice.Next(Extremes.Length)]);
                return bytes;
            case 3:
                Overwrite(bytes, ValueOf(Keys[dice.Next(Keys.Length)]) + (dice.Next(4) == 0 ? -4 : 0), dice);
                return bytes;
            case 4:
                // Among the descriptions of the tensors, which end the header.
                Overwrite(bytes, HeaderLength - dice.Next(2400) - 8, dice);
                return bytes;
            default:
                var at = dice.Next(HeaderLength);
                return [.. bytes[..at], .. bytes[(at + dice.Next(64))..]];
        }
    }

    /// <summary>The weights of the first layer's queries become whole numbers of the same size: nobody can multiply with those.</summary>
    public static byte[] DeadlyWeights()
    {
        var bytes = Sprout.ToArray();
        var name = "blk.0.attn_q.weight"u8;
        bytes[bytes.AsSpan().IndexOf(name) + name.Length + 4 + 16] = 25;
        return bytes;
    }

    /// <summary>One bit of a token is flipped, which makes it the same as another: llama.cpp's tokenizer ends the process over it.</summary>
    public static byte[] DeadlyTokens()
    {
        var bytes = Sprout.ToArray();
        bytes[bytes.AsSpan().IndexOf("\u0001\0\0\0\0\0\0\0b\u0001\0\0\0\0\0\0\0c"u8) + 8] = (byte)'c';
        return bytes;
    }

    /// <summary>The position of the value behind a key and its type.</summary>
    private static int ValueOf(string key) => Sprout.AsSpan().IndexOf(Encoding.UTF8.GetBytes(key)) + key.Length + 4;

    private static void Overwrite(byte[] bytes, int at, Dice dice)
    {
        var value = Extremes[dice.Next(Extremes.Length)];
        if (dice.Next(2) == 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), (uint)value);
        }
    }

    /// <summary>splitmix64: small, and the same everywhere.</summary>
    private sealed class Dice(ulong state)
    {
        private ulong state = state * 0x9E3779B97F4A7C15;

        public int Next(int below)
        {
            state += 0x9E3779B97F4A7C15;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)below);
        }
    }
}
