using Republic.Core.Scenarios;

namespace Republic.Core.Episodes.Control;

/// <summary>A fork that is asked for: the step of the timeline at which it begins, and what is otherwise in it.</summary>
/// <param name="AtSeq">The number of a step: the fork keeps all up to its end. Or that of an entry.</param>
/// <param name="Text">Other words in the place of the step's.</param>
/// <param name="Outcome">Another outcome of the step.</param>
/// <param name="To">The name of the state that it goes on to after the step, whatever the conditions say.</param>
/// <param name="Cast">Who plays which role from there on. Where that is the role of the step, it acts anew.</param>
/// <param name="Inject">A message or a fact that is added there.</param>
/// <param name="Show">Whether the fork is shown from now on, as if the episode had been rewound.</param>
public sealed record ForkInput(
    long? AtSeq,
    string? Text,
    string? Outcome,
    string? To,
    IReadOnlyDictionary<string, Guid>? Cast,
    InjectInput? Inject,
    bool Show = false
)
{
    /// <summary>True for a fork in which the step has other words, another outcome or another transition.</summary>
    internal bool ChangesStep => Text is not null || Outcome is not null || To is not null;

    internal IReadOnlyList<FieldError> Problems()
    {
        var rules = new FieldRules([]);
        if (AtSeq is null or < 1)
        {
            rules.Add("at_seq", "at_seq is the number of a step, as the episode lists them.");
        }

        if (Text is not null && VisibleText.OrNull(Text) is null)
        {
            rules.Add("text", "The text has no words. Enter some, or leave it out to keep those of the step.");
        }

        rules.Text("text", "The text", Text, EpisodeRules.LongestText, isLine: false);
        rules.Text("outcome", "The outcome", Outcome, ScenarioRules.LongestLabel);
        return rules.Errors;
    }
}
