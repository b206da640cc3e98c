using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Prompts;

namespace Republic.Core.Training.Grading;

/// <summary>Puts lost answers to a judge, one after the other, and reads its replies.</summary>
/// <param name="judge">Its name.</param>
/// <param name="ask">Asks the judge once: a key within the run, and the text; gives its reply.</param>
internal sealed class LostAnswerJudge(string judge, Func<string, string, Task<Outcome<string>>> ask)
{
    /// <summary>The most answers that it is asked about, those that come up least first. Each costs two calls.</summary>
    public const int Most = 30;
    private const int LongestReason = 300;

    /// <summary>
    /// An answer is as good where the judge says so in both orders; a reply that cannot be read leaves it without a mark. Answers that came apart
    /// are left out, and what a person asked in a chat, as it goes to no other model.
    /// </summary>
    public async Task<JudgedAnswers> MarkAsync(IReadOnlyList<LostAnswer> answers)
    {
        List<LostAnswer> lost = [.. answers];
        var judged = 0;
        for (var i = 0; i < lost.Count && judged < Most; i++)
        {
            if (lost[i].IsDegenerate || lost[i].Kind == ReferencePrompts.Chats)
            {
                continue;
            }

            var mark = await JudgeAsync(lost[i]);
            if (!mark.Ok)
            {
                return new JudgedAnswers(lost, judged, mark.Failure);
            }

            judged++;
            lost[i] = lost[i] with { Mark = mark.Value.Mark };
        }

        return new JudgedAnswers(lost, judged, null);
    }

    /// <returns>Null where it is no such reply.</returns>
    internal static JudgeReply? Parse(string text)
    {
        var (from, to) = (text.IndexOf('{'), text.LastIndexOf('}'));
        try
        {
            return from < 0 || to < from ? null : JsonSerializer.Deserialize<JudgeReply>(text[from..(to + 1)], SnakeCaseJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<Outcome<JudgedMark>> JudgeAsync(LostAnswer lost)
    {
        // A step that is begun again measures again: the reply belongs to these texts, and not to their place in a list.
        var key =
            $"lost/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{lost.Prompt}\0{lost.Before}\0{lost.After}")))[..16]}";
        var forward = await AskAsync($"{key}/before-first", lost, isNewFirst: false);
        if (!forward.Ok || forward.Value.Reply is not { AsGood: true } reply)
        {
            return forward.Ok ? new JudgedMark(MarkOf(forward.Value.Reply)) : forward.Failure;
        }

        // Whatever stands at one of the two places is easily preferred.
        var swapped = await AskAsync($"{key}/after-first", lost, isNewFirst: true);
        return !swapped.Ok
            ? swapped.Failure
            : new JudgedMark(MarkOf(swapped.Value.Reply is { AsGood: true } ? reply : swapped.Value.Reply));
    }

    private async Task<Outcome<ParsedReply>> AskAsync(string key, LostAnswer lost, bool isNewFirst)
    {
        var (first, second) = isNewFirst ? (lost.After, lost.Before) : (lost.Before, lost.After);
        var pair = new AnsweredPair("lost", 0, lost.Prompt, new("before", lost.Before), new("after", lost.After));
        var task = isNewFirst ? "Is answer A as good as answer B?" : "Is answer B as good as answer A?";
        var reply = await ask(key, Rubric.Ask(pair, first, second, task));
        return reply.Ok ? new ParsedReply(Parse(reply.Value)) : reply.Failure;
    }

    private AnswerMark? MarkOf(JudgeReply? reply) => reply is null ? null : new AnswerMark(reply.AsGood, Cut(reply.Reason), judge);

    private static string Cut(string? reason) =>
        reason?.Trim() is not { Length: > 0 } trimmed ? ""
        : trimmed.Length <= LongestReason ? trimmed
        : trimmed[..LongestReason] + "…";

    /// <param name="Judged">Answers that were put to it, in vain or not.</param>
    /// <param name="Failure">Why it was not asked about the others; null where it was.</param>
    internal sealed record JudgedAnswers(IReadOnlyList<LostAnswer> Lost, int Judged, Failure? Failure);

    internal sealed record JudgeReply([property: JsonRequired] bool AsGood, string? Reason);

    private sealed record ParsedReply(JudgeReply? Reply);

    private sealed record JudgedMark(AnswerMark? Mark);
}
