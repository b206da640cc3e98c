using Republic.Core.Training.Gate;
using Republic.Core.Training.Grading;
using Republic.Core.Training.Linking;

namespace Republic.Core.Training.Steps;

/// <summary>The draft held against the minion as it was.</summary>
/// <param name="Answers">To the same questions as in step 1.</param>
/// <param name="Graded">Null where nothing could grade.</param>
/// <param name="HeldOut">Null where no weights were trained.</param>
internal sealed record AfterMetrics(Answers Answers, AfterMetrics.Grades? Graded, IReadOnlyList<AfterMetrics.RowLoss>? HeldOut)
{
    /// <summary>The name of a judge that was chosen and could not grade.</summary>
    public IReadOnlyList<string> JudgesPassedOver { get; init; } = [];

    /// <summary>How well the collections of the draft are found in, by their golden questions.</summary>
    public IReadOnlyList<RetrievalFigure> Retrieval { get; init; } = [];

    /// <summary>What the draft kept of what the version before could do; null where no weights were trained.</summary>
    public Retention? Retention { get; init; }

    /// <summary>As <see cref="GateComparison.LexicalOverlap"/>.</summary>
    public ConfidenceInterval? LexicalOverlap { get; init; }

    /// <summary>As <see cref="GateComparison.SemanticOverlap"/>.</summary>
    public ConfidenceInterval? SemanticOverlap { get; init; }

    /// <param name="Loss">Nats per answer token of one row.</param>
    public sealed record RowLoss(string Prompt, double Before, double After)
    {
        /// <summary>As <see cref="PairedPrompt.Group"/>.</summary>
        public int? Group { get; init; }

        /// <summary>The draft's loss of the row's last answer, asked its last question alone.</summary>
        public double? OwnQuestion { get; init; }

        /// <summary>The draft's loss of the row's last answer, asked the question of a row of another group; null when there is one group alone.</summary>
        public double? OtherQuestion { get; init; }

        /// <summary>The draft's loss of the row behind the token that begins a text; null in rows that were not measured so.</summary>
        public double? BehindBeginToken { get; init; }
    }

    /// <param name="Pairs">Points from 0 to 100; none where too few answers could be graded.</param>
    public sealed record Grades(Guid Judge, bool SelfGraded, IReadOnlyList<PairedPrompt> Pairs)
    {
        /// <summary>Of the judge.</summary>
        public string? Name { get; init; }

        /// <summary>Everything that the judge said, also of pairs that are left out.</summary>
        public IReadOnlyList<GradedPair> Graded { get; init; } = [];
    }
}
