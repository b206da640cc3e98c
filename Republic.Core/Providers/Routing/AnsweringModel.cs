using System.Text.Json;
using Republic.Core.Providers.Protocols;
using Republic.Core.Providers.Protocols.OpenAi;

namespace Republic.Core.Providers.Routing;

/// <summary>Which model answered, as the provider itself says: an alias that was asked for is another there.</summary>
internal static class AnsweringModel
{
    private const int MaxLength = 300;

    /// <param name="begin">A whole answer, or the first frames of a stream.</param>
    public static string? Of(ReadOnlyMemory<byte> begin, bool isStream) =>
        isStream ? SseLines.Payloads(begin).Select(frame => Read(frame.Span)).FirstOrDefault(model => model is not null) : Read(begin.Span);

    private static string? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isModel = reader.ValueTextEquals("model"u8);
                reader.Read();
                if (isModel && reader.TokenType == JsonTokenType.String)
                {
                    var model = OpenAiAnswer.Text(ref reader);
                    return model.Length > MaxLength ? model[..MaxLength] : model;
                }

                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Whether it is an answer at all is for others to say.
        }

        return null;
    }
}
