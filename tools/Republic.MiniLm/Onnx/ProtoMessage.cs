namespace Republic.MiniLm.Onnx;

/// <summary>Reads a message of protobuf's wire format, whatever its fields mean.</summary>
internal static class ProtoMessage
{
    private const int Varint = 0;
    private const int EightBytes = 1;
    private const int Length = 2;
    private const int FourBytes = 5;

    /// <summary>The fields in their order. Nothing is copied: their bytes are those of the message.</summary>
    /// <exception cref="InvalidDataException">The bytes are no whole message.</exception>
    public static IEnumerable<ProtoField> Fields(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length; )
        {
            var key = Number(message.Span, ref at);
            var field = new ProtoField(key >> 3, 0, default);
            yield return (int)(key & 7) switch
            {
                Varint => field with { Value = Number(message.Span, ref at) },
                EightBytes => field with { Bytes = Take(message, 8, ref at) },
                Length => field with { Bytes = Take(message, Number(message.Span, ref at), ref at) },
                FourBytes => field with { Bytes = Take(message, 4, ref at) },
                var wire => throw new InvalidDataException($"Field {field.Number} is of the kind {wire}, which protobuf does not have."),
            };
        }
    }

    private static ulong Number(ReadOnlySpan<byte> message, ref int at)
    {
        var number = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (at == message.Length)
            {
                throw new InvalidDataException("A message ends within a number.");
            }

            var part = message[at++];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }

        throw new InvalidDataException("A number has more than 10 bytes.");
    }

    private static ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> message, ulong length, ref int at)
    {
        if (length > (ulong)(message.Length - at))
        {
            throw new InvalidDataException($"A field has {length} bytes, and {message.Length - at} are left of its message.");
        }

        var bytes = message.Slice(at, (int)length);
        at += (int)length;
        return bytes;
    }
}
