using System.Text.Json;
using Microsoft.Extensions.AI;
using Republic.Core.Providers.Protocols;
using Republic.Core.Providers.Protocols.OpenAi;

namespace Republic.Core.Providers.Caching;

/// <summary>Listens to an answer on its way through, and has it remembered when it came to a good end.</summary>
/// <param name="member">What an answer of this kind holds: <c>choices</c> or <c>data</c>.</param>
internal sealed class AnswerRecording(AnswerCache answers, AnswerKey key, TimeSpan keepFor, string member)
{
    // How an answer ends that says all it has to say; null: the provider gives no reasons.
    private static readonly ChatFinishReason?[] GoodEnds = [null, ChatFinishReason.Stop, ChatFinishReason.ToolCalls, new("function_call")];

    private readonly StreamedAnswer streamed = new(answers.MaxAnswerBytes);

    /// <param name="lines">Whole lines of a stream.</param>
    public void Add(ReadOnlyMemory<byte> lines)
    {
        foreach (var frame in SseLines.Payloads(lines))
        {
            streamed.Add(frame);
        }
    }

    /// <summary>The stream has come to its end.</summary>
    public void Keep(ModelTarget target) => Keep(target, streamed.Whole());

    public void Keep(ModelTarget target, ReadOnlyMemory<byte> whole)
    {
        if (whole.Length > 0 && (member != "choices" || IsGood(whole)))
        {
            // A copy: what it was read into may be larger than it is.
            answers.Keep(key, new CachedAnswer(target.Provider, target.ModelId, whole.ToArray()), keepFor);
        }
    }

    /// <summary>It says something, and nothing cut it short.</summary>
    private static bool IsGood(ReadOnlyMemory<byte> whole)
    {
        try
        {
            using var json = JsonDocument.Parse(whole);
            return OpenAiAnswer.Choice(json.RootElement) is { } choice
                && GoodEnds.Contains(OpenAiAnswer.FinishReason(choice))
                && OpenAiAnswer.Contents(choice, "message").Exists(content => content is not TextReasoningContent);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
