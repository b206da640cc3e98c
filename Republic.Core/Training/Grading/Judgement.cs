using System.Text.Json;

namespace Republic.Core.Training.Grading;

/// <summary>One reply of a judge: the grades of both answers of a pair.</summary>
public sealed record Judgement(Grade Before, Grade After)
{
    private static readonly JsonSerializerOptions Strict = new(TrainingJson.Options) { RespectRequiredConstructorParameters = true };

    /// <summary>How much better the answer after the run is, in points.</summary>
    public double Difference => After.Score - Before.Score;

    /// <param name="reply">JSON, or a text with it: not every provider keeps to a form.</param>
    /// <returns>The grades of the answers shown first and second; null where the reply is anything else than all eight of them.</returns>
    internal static (Grade First, Grade Second)? Parse(string reply)
    {
        var (from, to) = (reply.IndexOf('{'), reply.LastIndexOf('}'));
        if (from < 0 || to < from)
        {
            return null;
        }

        try
        {
            var read = JsonSerializer.Deserialize<Reply>(reply[from..(to + 1)], Strict);
            return read is { AnswerA: { IsPossible: true } first, AnswerB: { IsPossible: true } second } ? (first, second) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Reply(Grade AnswerA, Grade AnswerB);
}
