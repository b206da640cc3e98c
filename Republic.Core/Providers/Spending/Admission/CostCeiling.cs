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

    // A picture's size in bytes says nothing about its tokens. It is named twice: as the part's type and as its content.
    private const int HalfAPicture = 8192;

    private static ReadOnlySpan<byte> Picture => "\"image_url\""u8;

    private static ReadOnlySpan<byte> Inline => "\"data:"u8;

    /// <summary>The longest answer that is waited for under a budget.</summary>
    public long LongestAnswer => Answer ?? UsualAnswer;

    /// <returns>Null where the request can take any number of tokens, or has a price of its own.</returns>
    public static CostCeiling? Of(ModelRequest request, ReadOnlySpan<byte> body, string maxTokensField)
    {
        if (request.Path == ModelRequest.Embeddings)
        {
            return new(Bound(body), 0);
        }

        long? answer = null;
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isLimit = reader.ValueTextEquals(maxTokensField);
            var isTier = reader.ValueTextEquals("service_tier"u8);
            reader.Read();
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

        return new(Bound(body), answer);
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

    private static long Bound(ReadOnlySpan<byte> body)
    {
        long tokens = body.Length + ((long)body.Count(Picture) * HalfAPicture);
        int at;
        while ((at = body.IndexOf(Inline)) >= 0)
        {
            body = body[(at + 1)..];
            var length = Math.Max(0, body.IndexOf((byte)'"'));
            tokens -= length;
            body = body[length..];
        }

        return tokens;
    }
}
