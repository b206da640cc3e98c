using System.Text.Json.Serialization;

namespace Republic.Core.Chats.Feedback;

/// <summary>A change of the feedback on an answer. A field that is left out stays as it is; an empty text removes the correction or the comment.</summary>
public sealed record FeedbackInput
{
    private const string Up = "up";
    private const string Down = "down";

    public double? Score { get; init; }

    /// <summary><c>up</c> for a score of 1, <c>down</c> for one of 0, unless a score that agrees with it is sent as well.</summary>
    public string? Thumb { get; init; }

    public string? Correction { get; init; }

    public string? Comment { get; init; }

    /// <summary>Removes the score and leaves the rest. Clients of the API cannot: they withdraw the feedback as a whole.</summary>
    [JsonIgnore]
    public bool ClearsScore { get; init; }

    private bool IsEmpty => (Score, Thumb, Correction, Comment, ClearsScore) is (null, null, null, null, false);

    /// <summary>Checks the fields, and trims and completes them as they will be stored.</summary>
    internal Outcome<FeedbackInput> Checked()
    {
        if (IsEmpty)
        {
            return Failure.Invalid("score", "Send at least one of score, thumb, correction and comment.");
        }

        var input = this with { Correction = Tidy(Correction), Comment = Tidy(Comment) };
        var rules = new FieldRules([]);
        CheckScore(rules);
        rules.Text("correction", "The correction", input.Correction, FeedbackRules.LongestCorrection, isLine: false);
        rules.Text("comment", "The comment", input.Comment, FeedbackRules.LongestComment, isLine: false);
        return rules.Errors.Count > 0
            ? Failure.Invalid(rules.Errors)
            : input with
            {
                Score =
                    Score
                    ?? Thumb switch
                    {
                        Up => 1,
                        Down => 0,
                        _ => null,
                    },
            };
    }

    private void CheckScore(FieldRules rules)
    {
        // NaN is in no range.
        if (Score is { } score && score is not (>= 0 and <= 1))
        {
            rules.Add("score", "A score is a number from 0 to 1, such as 0.4.");
        }

        if (Thumb is not (null or Up or Down))
        {
            rules.Add("thumb", "thumb is up or down.");
        }
        else if ((Thumb, Score) is (Up, < FeedbackRules.BadBelow) or (Down, > FeedbackRules.GoodAbove))
        {
            rules.Add("thumb", "The thumb and the score contradict each other. Send one of them.");
        }
    }

    /// <summary>Trims a text and gives it the same line breaks whichever system sent it.</summary>
    private static string? Tidy(string? text) => text?.ReplaceLineEndings("\n").Trim();
}
