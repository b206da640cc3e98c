using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Gguf;

/// <summary>Numbers in the forms in which ggml stores them (ggml-quants.c, ggml-impl.h): F32, F16, BF16 and Q8_0.</summary>
internal static class GgufNumbers
{
    private const int Block = 32;
    private const int BlockBytes = 2 + Block;

    public static bool CanEncode(GgufType type) =>
        type == GgufType.F32 || type == GgufType.F16 || type == GgufType.Bf16 || type == GgufType.Q8Zero;

    /// <param name="numbers">For Q8_0 a multiple of 32.</param>
    public static byte[] Encode(GgufType type, ReadOnlySpan<float> numbers)
    {
        var bytes = new byte[numbers.Length / type.BlockLength * type.BlockBytes];
        if (type == GgufType.F32)
        {
            MemoryMarshal.AsBytes(numbers).CopyTo(bytes);
        }
        else if (type == GgufType.F16)
        {
            TensorPrimitives.ConvertToHalf(numbers, MemoryMarshal.Cast<byte, Half>(bytes.AsSpan()));
        }
        else if (type == GgufType.Bf16)
        {
            EncodeBf16(numbers, MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan()));
        }
        else if (type == GgufType.Q8Zero)
        {
            EncodeQ8(numbers, bytes);
        }
        else
        {
            throw new ArgumentException($"Numbers cannot be written as {type.Name} here.", nameof(type));
        }

        return bytes;
    }

    /// <summary>The numbers of a tensor of F32, F16 or Q8_0.</summary>
    public static void Decode(GgufType type, ReadOnlySpan<byte> bytes, Span<float> numbers)
    {
        if (type == GgufType.F32)
        {
            MemoryMarshal.Cast<byte, float>(bytes).CopyTo(numbers);
        }
        else if (type == GgufType.F16)
        {
            TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), numbers);
        }
        else if (type == GgufType.Q8Zero)
        {
            DecodeQ8(bytes, numbers);
        }
        else
        {
            throw new ArgumentException($"Numbers are not read from {type.Name} here.", nameof(type));
        }
    }

    /// <summary>The upper half of the 32 bits, rounded to the nearest, at a tie to the even one.</summary>
    private static void EncodeBf16(ReadOnlySpan<float> numbers, Span<ushort> to)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(numbers[i]);
            to[i] = (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }
    }

    /// <summary>Blocks of 32: the largest magnitude / 127 as a half, then each number divided by it as a signed byte.</summary>
    private static void EncodeQ8(ReadOnlySpan<float> numbers, Span<byte> to)
    {
        for (var block = 0; block < numbers.Length / Block; block++)
        {
            var from = numbers.Slice(block * Block, Block);
            var target = to.Slice(block * BlockBytes, BlockBytes);
            var scale = MathF.Abs(TensorPrimitives.MaxMagnitude(from)) / 127;
            var inverse = scale > 0 ? 1 / scale : 0;
            BinaryPrimitives.WriteHalfLittleEndian(target, (Half)scale);
            for (var i = 0; i < Block; i++)
            {
                target[2 + i] = (byte)(sbyte)MathF.Round(from[i] * inverse, MidpointRounding.AwayFromZero);
            }
        }
    }

    private static void DecodeQ8(ReadOnlySpan<byte> bytes, Span<float> numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            var block = bytes.Slice(i / Block * BlockBytes, BlockBytes);
            numbers[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(block) * (sbyte)block[2 + (i % Block)];
        }
    }
}
