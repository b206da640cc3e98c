using System.Security.Cryptography;
using System.Text;
using Republic.Core.Chats.Feedback;
using Republic.Core.Interactions.PersonalData;
using Republic.Core.Minions;

namespace Republic.Core.Interactions;

/// <summary>Says of each answer of a minion whether it may be learned, and if not, why.</summary>
/// <param name="trained">Hashes of what the version in use learned.</param>
internal sealed class PairJudge(Minion minion, LearningSettings settings, PersonalDataScanner scanner, IReadOnlySet<string> trained)
{
    public const int ShortestResponse = 10;
    public const int LongestResponse = 10_000;

    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    public InteractionPair Judge(PairRow row)
    {
        var isCorrection = row.Correction is not null;
        var pair = new InteractionPair(row.MessageId, row.ConversationId, row.Title, new DateTimeOffset(row.CreatedAt), "", "")
        {
            IsCorrection = isCorrection,
            Score = row.Score,
            MemoryIds = row.MemoryIds,
        };
        if (!row.IsTeaching)
        {
            return pair with { Refusal = PairRefusal.NotOptedIn };
        }

        var matches = (Asked: scanner.Find(row.Instruction), Answered: scanner.Find(row.Response));
        List<PersonalDataKind> kinds = [.. matches.Asked.Concat(matches.Answered).Select(match => match.Kind).Distinct().Order()];
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{row.Instruction}\0{row.Response}"));
        return pair with
        {
            Instruction = PersonalDataMask.Apply(row.Instruction, matches.Asked, settings.Rules),
            Response = PersonalDataMask.Apply(row.Response, matches.Answered, settings.Rules),
            PersonalData = kinds,
            Hash = hash,
            Refusal = RefusalOf(row, kinds, Convert.ToHexString(hash)),
        };
    }

    /// <summary>A correction is the person's own text: what the model made of the question, and which model it was, does not matter then.</summary>
    private PairRefusal? RefusalOf(PairRow row, List<PersonalDataKind> kinds, string hash) =>
        row.Correction is null ? AnswerRefusal(row) ?? TextRefusal(row, kinds, hash) : TextRefusal(row, kinds, hash);

    private PairRefusal? AnswerRefusal(PairRow row) =>
        !row.IsWhole ? PairRefusal.Incomplete
        : row.Score is not { } score ? PairRefusal.NotRated
        : score <= FeedbackRules.GoodAbove ? PairRefusal.ScoreTooLow
        : row.Provider != minion.Provider || row.Model != minion.ModelId ? PairRefusal.OtherModel
        : null;

    private PairRefusal? TextRefusal(PairRow row, List<PersonalDataKind> kinds, string hash) =>
        row.Response.Trim().Length < ShortestResponse ? PairRefusal.TooShort
        : row.Response.Length > LongestResponse ? PairRefusal.TooLong
        : row.UsedMemory && !settings.AllowsMemories ? PairRefusal.MemoryUsed
        : trained.Contains(hash) ? PairRefusal.TrainedBefore
        : kinds.Exists(kind => !settings.Rules.ContainsKey(kind)) ? PairRefusal.PiiUnreviewed
        : kinds.Exists(kind => settings.Rules[kind] == PersonalDataRule.Drop) ? PairRefusal.PiiDropped
        : !seen.Add(hash) ? PairRefusal.Repeated
        : null;
}
