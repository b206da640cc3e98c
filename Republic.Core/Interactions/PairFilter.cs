using System.Security.Cryptography;
using System.Text;
using Republic.Core.Chats.Feedback;
using Republic.Core.Interactions.PersonalData;
using Republic.Core.Minions;

namespace Republic.Core.Interactions;

/// <summary>Says of each answer of a minion whether it may be learned, and if not, why. The newest answers come first.</summary>
/// <param name="trained">Hashes of what the version in use learned.</param>
internal sealed class PairFilter(Minion minion, LearningSettings settings, ScannedTexts texts, IReadOnlySet<string> trained)
{
    public const int ShortestResponse = 10;
    public const int LongestResponse = 10_000;

    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    public InteractionPair Apply(PairRow row)
    {
        var pair = new InteractionPair(row.MessageId, row.ConversationId, row.Title, new DateTimeOffset(row.CreatedAt), "", "")
        {
            IsCorrection = row.IsCorrection,
            Score = row.Score,
            MemoryIds = row.MemoryIds,
        };
        // Looking for personal data costs more than all else, so texts that are not learned anyway are not searched.
        var refusal = row.IsTeaching ? AnswerRefusal(row) ?? TextRefusal(row) : PairRefusal.NotOptedIn;
        return refusal is null ? Searched(row, pair) : pair with { Refusal = refusal };
    }

    /// <summary>Why the answer itself keeps a pair from being learned. For a correction, which is the person's own text, neither the answer nor its model matters.</summary>
    private PairRefusal? AnswerRefusal(PairRow row) =>
        row.IsCorrection ? null
        : !row.IsWhole ? PairRefusal.Incomplete
        : row.Score is not { } score ? PairRefusal.NotRated
        : score <= FeedbackRules.GoodAbove ? PairRefusal.ScoreTooLow
        : row.Provider != minion.Provider || row.Model != minion.ModelId ? PairRefusal.OtherModel
        : null;

    private PairRefusal? TextRefusal(PairRow row) =>
        row.ResponseLength > LongestResponse ? PairRefusal.TooLong
        : row.Response.Trim().Length < ShortestResponse ? PairRefusal.TooShort
        : row.UsedForgotten || (row.UsedMemory && !settings.AllowsMemories) ? PairRefusal.MemoryUsed
        : null;

    private InteractionPair Searched(PairRow row, InteractionPair pair)
    {
        var matches = (Asked: texts.Find(row.Instruction), Answered: texts.Find(row.Response));
        List<PersonalDataKind> kinds = [.. matches.Asked.Concat(matches.Answered).Select(match => match.Kind).Distinct().Order()];
        var (instruction, response) = (
            PersonalDataMask.Apply(row.Instruction, matches.Asked, settings.Rules),
            PersonalDataMask.Apply(row.Response, matches.Answered, settings.Rules)
        );
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{instruction}\0{response}"));
        return pair with
        {
            Instruction = instruction,
            Response = response,
            PersonalData = kinds,
            Hash = hash,
            Refusal = PersonalRefusal(kinds) ?? KnownRefusal(Convert.ToHexString(hash)),
        };
    }

    private PairRefusal? PersonalRefusal(List<PersonalDataKind> kinds) =>
        kinds.Exists(kind => !settings.Rules.ContainsKey(kind)) ? PairRefusal.PiiUnreviewed
        : kinds.Exists(kind => settings.Rules[kind] == PersonalDataRule.Drop) ? PairRefusal.PiiDropped
        : null;

    private PairRefusal? KnownRefusal(string hash) =>
        !seen.Add(hash) ? PairRefusal.Repeated
        : trained.Contains(hash) ? PairRefusal.TrainedBefore
        : null;
}
