using Microsoft.Extensions.AI;
using Republic.Core.Datasets.Rows;
using Republic.Core.Training.Configuration;

namespace Republic.Core.Training;

/// <summary>What a run asks a model.</summary>
/// <param name="Key">Names the question within the run; the same key is asked, and paid for, once.</param>
/// <param name="Minion">Whose model answers.</param>
/// <param name="Speaker">As whom it answers.</param>
/// <param name="Seed">Recorded, and sent to providers that know seeds.</param>
internal sealed record ModelQuestion(string Key, Guid Minion, Speaker Speaker, string Text, long Seed)
{
    public AnswerConfig Settings { get; init; } = new();

    /// <summary>What was said before it.</summary>
    public IReadOnlyList<RowMessage> Earlier { get; init; } = [];

    public ChatResponseFormat? Format { get; init; }
}
