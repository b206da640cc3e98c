using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Republic.Core.Providers.Protocols;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Routing;

/// <summary>The truncation of a conversation that was longer than its local model answers well to.</summary>
/// <param name="Length">In tokens of the prompt, as it was measured for the model.</param>
/// <param name="PromptTokens">Of what the model was given.</param>
/// <param name="Omitted">How many of the oldest messages it was not given.</param>
public sealed record HistoryFit(int Length, int PromptTokens, int Omitted)
{
    /// <summary>For people.</summary>
    [JsonIgnore]
    public string Text =>
        Omitted > 0 && PromptTokens <= Length
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"It answers well up to {Length:N0} tokens, so the oldest {Messages} did not reach it."
            )
        : Omitted > 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"It answers well up to {Length:N0} tokens. The oldest {Messages} did not reach it; the last exchange and the question did, with {PromptTokens:N0}."
            )
        : string.Create(CultureInfo.InvariantCulture, $"It answers well up to {Length:N0} tokens, and was sent all {PromptTokens:N0}.");

    private string Messages => Omitted == 1 ? "message" : string.Create(CultureInfo.InvariantCulture, $"{Omitted:N0} messages");

    /// <summary>Null where all was sent and not too long, and for models elsewhere, of whose answers nothing is believed.</summary>
    /// <param name="begin">A whole answer, or the first frames of a stream.</param>
    internal static HistoryFit? Of(ProviderRow provider, ReadOnlyMemory<byte> begin, bool isStream) =>
        provider.Transport != ProviderTransport.ModelHost ? null
        : isStream ? SseLines.Payloads(begin).Select(Read).FirstOrDefault(fit => fit is not null)
        : Read(begin);

    private static HistoryFit? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isIt = reader.ValueTextEquals("history"u8);
                reader.Read();
                if (isIt)
                {
                    return JsonSerializer.Deserialize<HistoryFit>(ref reader, SnakeCaseJson.Options);
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Whether it is an answer at all is for others to say.
        }

        return null;
    }
}
