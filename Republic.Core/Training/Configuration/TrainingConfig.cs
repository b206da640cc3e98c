using System.Text.Json.Serialization;
using Republic.Core.Lora;
using Republic.Core.Training.Prompts;

namespace Republic.Core.Training.Configuration;

/// <summary>
/// How a run is done, with the API's names. What may be left null is chosen for the minion, the base model and the data, and
/// written back.
/// </summary>
public record TrainingConfig
{
    public const int MostRepeats = 10;

    /// <summary>More than one run can lose by name.</summary>
    public const int MostKept = 300;
    private const int LongestKept = 4000;

    /// <summary>Traits; called as the first clients called them.</summary>
    [JsonPropertyName("loraConfig")]
    public TraitConfig Traits { get; init; } = new();

    public LoraSettings Lora { get; init; } = new();

    public DataConfig Data { get; init; } = new();

    public AnswerConfig Model { get; init; } = new();

    /// <summary>The local model that weights are trained on: the minion's own where it runs here, else that of its style adapter.</summary>
    public string? BaseModel { get; init; }

    /// <summary>The judge; null where nobody grades.</summary>
    public Guid? JudgeMinionId { get; init; }

    /// <summary>
    /// What the judge ran on when it was chosen, as provider/model. Filled in; one that was put on something else since then does not
    /// grade, for what it is sent would go where nobody agreed to.
    /// </summary>
    public string? JudgeModel { get; init; }

    /// <summary>Kept for runs that chose a judge by themselves. New ones never do, whatever is sent.</summary>
    public bool JudgeWasFound { get; init; }

    /// <summary>The judge that a person chose.</summary>
    [JsonIgnore]
    public Guid? ChosenJudge => JudgeWasFound ? null : JudgeMinionId;

    /// <summary>How often each question is asked, before and after.</summary>
    public int Repeats { get; init; } = 3;

    public Promotion Promote { get; init; } = Promotion.Gate;

    /// <summary>
    /// Goes on from the weights of the version in use, where it has any for this base, instead of beginning with none: rows that those
    /// learned from need not be learned again.
    /// </summary>
    public bool Continues { get; init; }

    /// <summary>
    /// Questions whose answers an earlier run lost: those that the version before gives to them are learned beside the rows, and they are not
    /// measured with.
    /// </summary>
    public IReadOnlyList<string> KeepAnswers
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>The version whose answers those are: the run begins only while that one is live. Null for whichever is live then.</summary>
    public int? KeepFromVersion { get; init; }

    /// <summary>
    /// Which set of questions tells what was kept (<see cref="ReferencePrompts.Sets"/>). A run that is made again takes the next one: with the
    /// questions of which the first run kept all that are left it would pass by selection.
    /// </summary>
    public int QuestionSet { get; init; }

    /// <summary>What stands against it whatever the minion is, by field below <c>config</c>.</summary>
    public IReadOnlyList<FieldError> Problems() =>
        [
            .. Below("config.lora", Lora.Validate()),
            .. Below("config.data", Data.Validate()),
            .. Model.Problems(),
            .. Repeats is >= 1 and <= MostRepeats
                ? (IEnumerable<FieldError>)[]
                : [new("config.repeats", $"repeats is {Repeats}; 1 to {MostRepeats} is possible, 3 is usual.")],
            .. KeepProblems(),
            // Names that are joined by a comma are read as a number that stands for nothing.
            .. Enum.IsDefined(Promote) ? (IEnumerable<FieldError>)[] : [new("config.promote", "promote is gate, always or never.")],
        ];

    private IEnumerable<FieldError> KeepProblems()
    {
        if (KeepAnswers.Count > MostKept)
        {
            yield return new("config.keep_answers", $"keep_answers has {KeepAnswers.Count} questions; at most {MostKept} are possible.");
        }

        if (KeepAnswers.Any(question => string.IsNullOrWhiteSpace(question) || question.Length > LongestKept))
        {
            yield return new("config.keep_answers", $"Each question of keep_answers has 1 to {LongestKept} characters.");
        }

        if (KeepAnswers.Count > 0 && Lora.Replay == 0)
        {
            yield return new(
                "config.keep_answers",
                "Answers are kept by replaying them, and lora.replay is 0. Raise it, or leave keep_answers out."
            );
        }

        if (QuestionSet is < 0 or >= ReferencePrompts.Sets)
        {
            yield return new("config.question_set", $"question_set is {QuestionSet}; 0 to {ReferencePrompts.Sets - 1} is possible.");
        }
    }

    private static IEnumerable<FieldError> Below(string part, Failure? failure) =>
        failure?.Fields.Select(error => error with { Field = $"{part}.{error.Field}" }) ?? [];
}
