using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Providers.Spending.Admission;

/// <summary>The most tokens that a request can take, told from its bytes.</summary>
/// <param name="Prompt">No token is shorter than a byte, and what a chat template adds is shorter than the JSON it replaces.</param>
/// <param name="Answer">Null: the request sets no limit.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CostCeiling(long Prompt, long? Answer)
{
    /// <summary>Sent upstream where the request sets no limit.</summary>
    public const int UsualAnswer = 4096;

    // A picture's size in bytes says nothing about its tokens.
    private const int TokensOfAPicture = 16_384;

    private static ReadOnlySpan<byte> Picture => "image_url"u8;

    /// <summary>The path to a picture in a request: a name for each depth.</summary>
    private static readonly (int Depth, byte[] Name, JsonTokenType Holds)[] PicturePath =
    [
        (1, "messages"u8.ToArray(), JsonTokenType.StartArray),
        (3, "content"u8.ToArray(), JsonTokenType.StartArray),
        (5, Picture.ToArray(), JsonTokenType.StartObject),
        (6, "url"u8.ToArray(), JsonTokenType.String),
    ];

    /// <summary>The longest answer that is waited for under a budget; of several, all together.</summary>
    public long LongestAnswer => Math.Min(Answer ?? UsualAnswer, long.MaxValue / Math.Max(1, Answers)) * Answers;

    /// <summary>The number of answers asked for at once, each as long as the limit lets it be.</summary>
    public int Answers { get; init; } = 1;

    /// <returns>Null where the request can take any number of tokens, or has a price of its own.</returns>
    public static CostCeiling? Of(ModelRequest request, ReadOnlySpan<byte> body, string maxTokensField)
    {
        if (request.Path == ModelRequest.Embeddings)
        {
            // Of a picture only the address may be there. One that is sent along counts by its bytes as well.
            return new(body.Length + (Pictures(body).Count * TokensOfAPicture), 0);
        }

        long? answer = null;
        var answers = 1;
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isLimit = reader.ValueTextEquals(maxTokensField);
            var isTier = reader.ValueTextEquals("service_tier"u8);
            var isCount = reader.ValueTextEquals("n"u8);
            reader.Read();
            if (isCount && !(reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out answers) && answers > 0))
            {
                return null;
            }

            if (isTier && !(reader.TokenType == JsonTokenType.String && IsUsual(ref reader)))
            {
                return null;
            }

            if (isLimit && reader.TokenType != JsonTokenType.Null)
            {
                // To some servers 0 and -1 are no limit at all.
                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var limit) || limit < 1)
                {
                    return null;
                }

                answer = limit;
            }

            reader.Skip();
        }

        var (pictures, bytes) = Pictures(body);
        return new(body.Length - bytes + (pictures * TokensOfAPicture), answer) { Answers = answers };
    }

    /// <summary>The same request with a limit on its answer.</summary>
    public static ReadOnlyMemory<byte> WithLimit(ReadOnlySpan<byte> body, string maxTokensField)
    {
        var limited = new ArrayBufferWriter<byte>(body.Length + 64);
        limited.Write(Encoding.UTF8.GetBytes($"{{\"{maxTokensField}\":{UsualAnswer},"));
        limited.Write(body[(body.IndexOf((byte)'{') + 1)..]);
        return limited.WrittenMemory;
    }

    public decimal CostAt(TokenPrice price) => price.MostFor(Prompt, LongestAnswer);

    private static bool IsUsual(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("auto"u8) || reader.ValueTextEquals("default"u8) || reader.ValueTextEquals("flex"u8);

    /// <summary>
    /// How many pictures a request has at most, and the bytes of those that are sent along. Only what a model takes for one is: a text
    /// that looks like it counts as text.
    /// </summary>
    private static (long Count, long Bytes) Pictures(ReadOnlySpan<byte> body)
    {
        var (count, bytes) = (0L, 0L);
        var known = 0;
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            // Compared as JSON means it, and not byte for byte: an escaped name is a picture's as well.
            if (reader.ValueTextEquals(Picture))
            {
                count++;
            }

            while (known > 0 && PicturePath[known - 1].Depth >= reader.CurrentDepth)
            {
                known--;
            }

            var (depth, name, holds) = PicturePath[known];
            if (reader.CurrentDepth != depth || !reader.ValueTextEquals(name))
            {
                continue;
            }

            reader.Read();
            if (reader.TokenType == holds && holds != JsonTokenType.String)
            {
                known++;
            }
            else if (reader.TokenType == holds && IsPicture(reader.ValueSpan))
            {
                bytes += reader.ValueSpan.Length;
            }
        }

        return (count, bytes);
    }

    // Some encoders escape the slash.
    private static bool IsPicture(ReadOnlySpan<byte> url) => url.StartsWith("data:image/"u8) || url.StartsWith("data:image\\/"u8);
}
