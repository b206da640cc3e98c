using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Providers.Caching;

/// <summary>
/// What is asked of whom, as a SHA-256: the minion as it was last saved, for which purpose, and the request as its first choice would get
/// it. Whether the answer is wanted piece by piece is left out.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AnswerKey(UInt128 Begin, UInt128 End)
{
    /// <param name="first">Who would be asked first.</param>
    public static AnswerKey Of(ModelRoute route, CachePolicy policy, ModelRequest request, ModelTarget first)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Outside clients are not to find out what was asked in chats.
        Add(hash, $"{route.Minion:N} {policy.Since.UtcTicks} {route.Purpose}");
        Add(hash, request.Path);
        Add(hash, first.Provider.Name);
        Add(hash, first.BaseUrl?.AbsoluteUri ?? "");
        AddBody(hash, request.Body(first).Span);
        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(sum);
        return new(BinaryPrimitives.ReadUInt128BigEndian(sum), BinaryPrimitives.ReadUInt128BigEndian(sum[16..]));
    }

    // With its length before it, so that no text runs into the next.
    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }

    private static void AddBody(IncrementalHash hash, ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var isForm = reader.ValueTextEquals("stream"u8) || reader.ValueTextEquals("stream_options"u8);
            reader.Read();
            reader.Skip();
            if (!isForm)
            {
                hash.AppendData(body[start..(int)reader.BytesConsumed]);
                hash.AppendData(","u8);
            }
        }
    }
}
